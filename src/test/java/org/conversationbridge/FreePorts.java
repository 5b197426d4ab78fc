// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/**
 * Ports of loopback for servers that are told their port, or come back on it. They are below those that the system
 * gives to whoever names none, so that nothing takes one between two lives of a server, and those of one process are
 * given to no other: it holds the first of its block until it ends.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int BLOCK = 50;
    private static final int BLOCKS = 200;

    private static final ServerSocket CLAIM = claim();
    private static int given;

    private FreePorts() {}

    /** One that was not given before, until all were. */
    public static synchronized int next() {
        for (int i = 1; i < BLOCK; i++) {
            int port = CLAIM.getLocalPort() + 1 + given++ % (BLOCK - 1);
            Optional<ServerSocket> free = bind(port);
            if (free.isPresent()) {
                close(free.get());
                return port;
            }
        }
        throw new IllegalStateException("no free port in the block of " + CLAIM.getLocalPort());
    }

    private static ServerSocket claim() {
        long process = ProcessHandle.current().pid();
        for (int i = 0; i < BLOCKS; i++) {
            Optional<ServerSocket> claim = bind(FIRST + (int) ((process + i) % BLOCKS) * BLOCK);
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        throw new IllegalStateException("no free block of ports from " + FIRST + " on");
    }

    private static Optional<ServerSocket> bind(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
