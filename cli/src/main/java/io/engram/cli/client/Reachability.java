package io.engram.cli.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether anything listens at an address. */
public final class Reachability {
    private static final int TIMEOUT_MILLIS = 1000;

    private Reachability() {}

    /** @throws CommandFailure where it is no {@code host:port} */
    public static boolean of(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(parse(address), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("The address was " + address + "; allowed: host:port, for example 127.0.0.1:9101");
        }
    }
}
