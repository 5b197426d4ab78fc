// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.conversationbridge.failure.WordlessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket of a channel. Genesys Cloud sends a heartbeat about every 30 s and answers {@code ping}; a socket that
 * is silent in spite of that is dead, whatever TCP says. Its frames are handed on one after another.
 */
final class ChannelSocket implements WebSocket.Listener {
    static final Duration PING_INTERVAL = Duration.ofSeconds(15);
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(40);

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSocket.class);
    private static final int LONGEST_FRAME = 4_000_000;
    private static final String PING = "{\"message\":\"ping\"}";

    private final Consumer<String> frames;
    private final Clock clock;
    private final StringBuilder frame = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private volatile Instant lastFrame;
    private volatile Instant lastPing;
    private volatile boolean over;

    ChannelSocket(Consumer<String> frames, Clock clock) {
        this.frames = frames;
        this.clock = clock;
        this.lastFrame = clock.instant();
        this.lastPing = lastFrame;
    }

    /** Whether frames may come. */
    boolean isAlive() {
        return !over && lastFrame.plus(LONGEST_SILENCE).isAfter(clock.instant());
    }

    /** Sends a ping if one is due. */
    void ping() {
        WebSocket open = socket;
        if (open != null && !over && !lastPing.plus(PING_INTERVAL).isAfter(clock.instant())) {
            lastPing = clock.instant();
            open.sendText(PING, true);
        }
    }

    /** Ends it. */
    void close() {
        over = true;
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        socket = webSocket;
        webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        lastFrame = clock.instant();
        frame.append(data);
        if (frame.length() > LONGEST_FRAME) {
            LOG.warn("notifications: a frame is longer than {} characters; the socket is closed", LONGEST_FRAME);
            close();
        } else if (last) {
            String text = frame.toString();
            frame.setLength(0);
            frames.accept(text);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        LOG.debug("notifications: socket closed with {}", statusCode);
        over = true;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        LOG.debug("notifications: socket failed", new WordlessException(error));
        over = true;
    }
}
