// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyCertOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** The WebSocket server of the channels, on a port of its own. It starts with the first channel. */
public final class NotificationServer implements AutoCloseable {
    private static final String PATH = "/channels/";
    private static final long HEARTBEAT_MILLIS = 30_000;
    private static final String HEARTBEAT =
            "{\"topicName\":\"channel.metadata\",\"eventBody\":{\"message\":\"WebSocket Heartbeat\"}}";
    private static final String PONG = "{\"topicName\":\"channel.metadata\",\"eventBody\":{\"message\":\"pong\"}}";
    private static final String CLOSING =
            "{\"topicName\":\"v2.system.socket_closing\",\"eventBody\":{\"message\":\"maintenance\"}}";

    private final String host;
    private final HttpServerOptions options = new HttpServerOptions();
    private final Map<String, List<ServerWebSocket>> sockets = new ConcurrentHashMap<>();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong later = new AtomicLong();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final List<Consumer<String>> observers = new CopyOnWriteArrayList<>();
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;

    /** @param keys its certificate; without one it speaks no TLS */
    NotificationServer(String host, Optional<KeyManagerFactory> keys) {
        this.host = host;
        keys.ifPresent(own -> options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(own)));
    }

    /** Informs every subscriber that its socket is about to be closed. */
    public void announceClosing() {
        sockets.keySet().forEach(channel -> send(channel, CLOSING));
    }

    /** Sends what is sent every 30 s without that, so that a subscriber knows that its socket is alive. */
    public void beat() {
        sockets.keySet().forEach(channel -> send(channel, HEARTBEAT));
    }

    /** Reports every frame that a subscriber is sent. */
    public void observe(Consumer<String> observer) {
        observers.add(observer);
    }

    /** Closes every socket; the channels stay. */
    public void closeSockets() {
        sockets.values().forEach(open -> open.forEach(ServerWebSocket::close));
    }

    /** Sends nothing more on the sockets, which stay open, or goes on. */
    public void setSilent(boolean isSilent) {
        silent.set(isSilent);
    }

    /** How many sockets are open. */
    public int openSockets() {
        return sockets.values().stream().mapToInt(List::size).sum();
    }

    /** Whether a client is connected to a channel. */
    boolean isConnected(String channelId) {
        return !sockets.getOrDefault(channelId, List.of()).isEmpty();
    }

    /** Whether a channel was ever created. */
    boolean isUsed() {
        return !sockets.isEmpty();
    }

    /** How many were opened so far. */
    public long connections() {
        return connections.get();
    }

    /**
     * A channel may be connected from now on: its address.
     *
     * @param name of this host, as the subscriber knows it
     */
    synchronized URI open(String channelId, String name) {
        if (vertx == null) {
            vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
            vertx.setPeriodic(HEARTBEAT_MILLIS, id -> beat());
            server = vertx.createHttpServer(options).webSocketHandler(this::connect);
            server.listen(0, host).toCompletionStage().toCompletableFuture().join();
        }
        sockets.put(channelId, new CopyOnWriteArrayList<>());
        int port = server == null ? 0 : server.actualPort();
        return URI.create((options.isSsl() ? "wss://" : "ws://") + name + ":" + port + PATH + channelId);
    }

    /** A channel is no more. */
    void remove(String channelId) {
        List<ServerWebSocket> open = sockets.remove(channelId);
        if (open != null) {
            open.forEach(ServerWebSocket::close);
        }
    }

    /** Sends a frame to the subscribers of a channel. */
    void send(String channelId, String frame) {
        sockets.getOrDefault(channelId, List.of()).forEach(socket -> write(socket, frame));
    }

    /** The same after a while. */
    synchronized void send(String channelId, String frame, long millis) {
        if (vertx != null && millis > 0) {
            later.incrementAndGet();
            vertx.setTimer(millis, id -> {
                send(channelId, frame);
                later.decrementAndGet();
            });
        } else {
            send(channelId, frame);
        }
    }

    /** Whether a frame is still to be sent. */
    boolean isSendingLater() {
        return later.get() > 0;
    }

    @Override
    public synchronized void close() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /**
     * A handler of the handshake, which is to replace reject, would let a subscriber in before its socket is in the
     * list.
     */
    @SuppressWarnings("deprecation")
    private void connect(ServerWebSocket socket) {
        List<ServerWebSocket> open =
                socket.path().startsWith(PATH) ? sockets.get(socket.path().substring(PATH.length())) : null;
        if (open == null) {
            socket.reject(404);
            return;
        }
        connections.incrementAndGet();
        open.add(socket);
        socket.closeHandler(closed -> open.remove(socket));
        socket.textMessageHandler(text -> {
            if (text.contains("ping")) {
                write(socket, PONG);
            }
        });
    }

    private void write(ServerWebSocket socket, String frame) {
        if (!silent.get()) {
            observers.forEach(observer -> observer.accept(frame));
            socket.writeTextMessage(frame);
        }
    }
}
