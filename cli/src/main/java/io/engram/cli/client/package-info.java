/** Calls to the services: {@link io.engram.cli.client.EngramClient}, at {@link io.engram.cli.client.Addresses}. */
package io.engram.cli.client;
