/**
 * What runs in the broker's own JVM, on the broker's own class path: {@link io.engram.localstack.broker.BrokerMain}.
 * Nothing else here may refer to it.
 */
package io.engram.localstack.broker;
