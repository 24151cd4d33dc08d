package io.engram.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nothing listens on at this moment. */
public final class FreePorts {
    private FreePorts() {}

    /** A free port of the loopback address. */
    public static int next() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalStackException("No free port: " + e.getMessage(), e);
        }
    }

    /** The given port, or a free one where it is 0. */
    static int orNext(int port) {
        return port == 0 ? next() : port;
    }

    /** Whether something can listen on a port of an address. */
    static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
