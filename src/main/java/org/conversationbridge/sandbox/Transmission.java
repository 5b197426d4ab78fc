// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** An answer on its way to the caller. What has no end stops when the caller hangs up, at the latest at some limit. */
final class Transmission {
    private static final int PIECE = 64 * 1024;
    private static final int MOST_PIECES = 1 << 17;
    private static final int PIECES_OF_BOMB = 1 << 12;
    private static final long BETWEEN_DRIPS_MILLIS = 50;

    private final SandboxAnswer answer;
    private final byte[] body;

    private Transmission(SandboxAnswer answer) {
        this.answer = answer;
        this.body = answer.body().getBytes(StandardCharsets.UTF_8);
    }

    static Transmission of(SandboxAnswer answer) {
        return new Transmission(answer);
    }

    void to(HttpExchange exchange) throws IOException, InterruptedException {
        if (!answer.pause().isZero()) {
            Thread.sleep(answer.pause().toMillis());
        }
        if (answer.delivery() == SandboxAnswer.Delivery.NOT_AT_ALL) {
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        switch (answer.delivery()) {
            case ENDLESS -> blanks(begin(exchange), MOST_PIECES);
            case DRIPPING -> drip(begin(exchange));
            case GZIP_BOMB -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                try (OutputStream compressed = new GZIPOutputStream(begin(exchange))) {
                    blanks(compressed, PIECES_OF_BOMB);
                }
            }
            default -> whole(exchange, answer.delivery() == SandboxAnswer.Delivery.CUT_OFF);
        }
    }

    private void whole(HttpExchange exchange, boolean cut) throws IOException {
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
        exchange.getResponseBody().flush();
    }

    /** A body of untold length. */
    private OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(answer.status(), 0);
        return exchange.getResponseBody();
    }

    private void blanks(OutputStream out, int pieces) throws IOException {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) ' ');
        out.write(body);
        for (int i = 0; i < pieces; i++) {
            out.write(piece);
        }
        out.flush();
    }

    private void drip(OutputStream out) throws IOException, InterruptedException {
        for (byte drop : body) {
            out.write(drop);
            out.flush();
            Thread.sleep(BETWEEN_DRIPS_MILLIS);
        }
    }
}
