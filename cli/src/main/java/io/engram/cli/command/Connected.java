package io.engram.cli.command;

import io.engram.cli.client.Addresses;

/** A command that talks to a running stack. */
interface Connected {
    Addresses addresses();
}
