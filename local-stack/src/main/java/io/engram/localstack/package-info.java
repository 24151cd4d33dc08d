/**
 * A real Kafka broker, a real PostgreSQL and service processes on this machine, all of them child processes.
 *
 * <p>Entry types: {@link io.engram.localstack.LocalStack} is everything together, {@link
 * io.engram.localstack.TestBackends} gives a test Kafka and PostgreSQL. Every process is started by {@link
 * io.engram.localstack.ChildProcesses}, which sees to it that none outlives this one.
 */
package io.engram.localstack;
