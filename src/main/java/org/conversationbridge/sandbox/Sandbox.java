// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.conversationbridge.sandbox.world.World;

/** A Genesys Cloud on a port of this machine: API and token endpoint under one URL. */
public final class Sandbox implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final World world;
    private final OAuthServer oauth;
    private final SandboxApi api;
    private final NotificationServer sockets;
    private final NotificationFeed notifications;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<SandboxRequest, SandboxAnswer>> observers = new CopyOnWriteArrayList<>();
    private final AtomicLong apiRequests = new AtomicLong();

    private Sandbox(HttpServer server, Optional<KeyManagerFactory> keys, SandboxSettings settings, Clock clock) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "sandbox");
            thread.setDaemon(true);
            return thread;
        });
        this.world = new World(settings.world(), clock);
        this.oauth = new OAuthServer(settings.clientId(), settings.clientSecret(), settings.tokenLife(), clock);
        this.sockets = new NotificationServer(server.getAddress().getAddress().getHostAddress(), keys);
        NotificationApi channels = new NotificationApi(world, sockets);
        this.notifications = new NotificationFeed(world, channels, sockets);
        this.api = new SandboxApi(settings, world, oauth, channels, clock);
    }

    /**
     * Starts it.
     *
     * @param address port 0 = any free one
     * @throws IOException when the address cannot be used
     */
    public static Sandbox start(InetSocketAddress address, SandboxSettings settings, Clock clock) throws IOException {
        return start(HttpServer.create(address, 0), Optional.empty(), settings, clock);
    }

    /**
     * Starts it with TLS.
     *
     * @param keys its certificate, initialized
     * @throws IOException when the address cannot be used
     * @throws GeneralSecurityException when the certificate cannot
     */
    public static Sandbox start(
            InetSocketAddress address, KeyManagerFactory keys, SandboxSettings settings, Clock clock)
            throws IOException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return start(server, Optional.of(keys), settings, clock);
    }

    private static Sandbox start(
            HttpServer server, Optional<KeyManagerFactory> keys, SandboxSettings settings, Clock clock) {
        Sandbox sandbox = new Sandbox(server, keys, settings, clock);
        sandbox.server.createContext("/", sandbox::handle);
        sandbox.server.setExecutor(sandbox.threads);
        sandbox.server.start();
        return sandbox;
    }

    /** Its URL, for GENESYS_API_URL and GENESYS_LOGIN_URL. */
    public URI url() {
        InetSocketAddress address = server.getAddress();
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** What is true. */
    public World world() {
        return world;
    }

    /** The tokens it gave out. */
    public OAuthServer oauth() {
        return oauth;
    }

    /** The WebSockets of the notification channels. */
    public NotificationServer sockets() {
        return sockets;
    }

    /** What the notification channels report. */
    public NotificationFeed notifications() {
        return notifications;
    }

    /** Lets something go wrong, in front of the faults there are. */
    public void add(Fault fault) {
        faults.add(fault);
    }

    /** Everything goes well again. */
    public void removeFaults() {
        faults.clear();
        notifications.removeFaults();
    }

    /** Requests that came although as many as allowed had come in the minute before; 0 without a limit. */
    public long violations() {
        return api.violations();
    }

    /** Reports every request and its answer. */
    public void observe(BiConsumer<SandboxRequest, SandboxAnswer> observer) {
        observers.add(observer);
    }

    /** Requests to the API so far; those for tokens are not counted. */
    public long apiRequests() {
        return apiRequests.get();
    }

    @Override
    public void close() {
        notifications.close();
        sockets.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            SandboxRequest request = read(exchange);
            if (request.isForApi()) {
                apiRequests.incrementAndGet();
            }
            Supplier<SandboxAnswer> answer = () -> api.answer(seen(request));
            for (Fault fault : faults) {
                Supplier<SandboxAnswer> normal = answer;
                answer = () -> fault.answer(request, normal);
            }
            SandboxAnswer given = answer.get();
            observers.forEach(observer -> observer.accept(request, given));
            Transmission.of(given).to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private SandboxRequest seen(SandboxRequest request) {
        SandboxRequest seen = request;
        for (Fault fault : faults) {
            seen = fault.seen(seen);
        }
        return seen;
    }

    private static SandboxRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> header.getValue().get(0)));
        return new SandboxRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
}
