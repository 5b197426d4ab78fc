// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A line to an HTTP server whose answers have the {@code Date} of a clock: the server of the JDK writes that of the
 * machine and lets nobody write another.
 */
public final class DatedLine implements AutoCloseable {
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final URI server;
    private final Supplier<String> date;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "dated-line");
        thread.setDaemon(true);
        return thread;
    });

    private DatedLine(URI server, Supplier<String> date, ServerSocket door) {
        this.server = server;
        this.date = date;
        this.door = door;
    }

    /** Opens one to a server of this machine, whose answers have a date in these words. */
    public static DatedLine to(URI server, Supplier<String> date) throws IOException {
        DatedLine line = new DatedLine(server, date, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        line.threads.execute(line::accept);
        return line;
    }

    /** Opens one to a server of this machine. */
    public static DatedLine to(URI server, Clock clock) throws IOException {
        return to(server, () -> DATE.format(clock.instant()));
    }

    public URI url() {
        return URI.create("http://" + door.getInetAddress().getHostAddress() + ":" + door.getLocalPort());
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(server.getHost(), server.getPort());
                threads.execute(() -> pump(client, behind, false));
                threads.execute(() -> pump(behind, client, true));
            } catch (IOException e) {
                // Closed, or the server is gone: the client sees its connection end.
            }
        }
    }

    /** Until one of them ends; then both are. */
    private void pump(Socket from, Socket to, boolean isAnswer) {
        try (from;
                to;
                InputStream in = new BufferedInputStream(from.getInputStream());
                OutputStream out = new BufferedOutputStream(to.getOutputStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            while (next >= 0) {
                line.write(next);
                if (next == '\n' || in.available() == 0) {
                    out.write(isAnswer ? dated(line.toByteArray()) : line.toByteArray());
                    line.reset();
                }
                if (in.available() == 0) {
                    out.flush();
                }
                next = in.read();
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private byte[] dated(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        return text.startsWith("Date: ") && text.endsWith("\r\n")
                ? ("Date: " + date.get() + "\r\n").getBytes(StandardCharsets.ISO_8859_1)
                : line;
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
