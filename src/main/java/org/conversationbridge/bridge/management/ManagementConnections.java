// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.management;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the connections to health and metrics, and guards its requests ({@link RequestGuard}): one that is idle is
 * closed after {@value #IDLE_SECONDS} s, and the oldest if there are more than {@value #MOST}, so that a probe still
 * gets in. Camel creates the server itself, without a bound and without a setting for one (camel-platform-http-vertx
 * 4.18: {@code VertxPlatformHttpServer.startServer}); it takes the {@link Vertx} of the registry, though, and that is
 * where this one comes in.
 */
public final class ManagementConnections implements AutoCloseable {
    /** Connections at the same time. */
    static final int MOST = 100;
    /** Longest silence of a connection, in seconds. */
    static final int IDLE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Set<HttpConnection> open = new LinkedHashSet<>();

    /** For the registry. Vert.x casts it to what it has inside. */
    public Vertx vertx() {
        return (Vertx) Proxy.newProxyInstance(
                ManagementConnections.class.getClassLoader(),
                new Class<?>[] {VertxInternal.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
        if (method.getName().equals("createHttpServer")
                && arguments != null
                && arguments[0] instanceof HttpServerOptions options) {
            return server(options);
        }
        return invoke(vertx, method, arguments);
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private HttpServer server(HttpServerOptions options) {
        HttpServer server = vertx.createHttpServer(
                        // Of HTTP/2 each malformed frame is logged as an error.
                        options.setHttp2ClearTextEnabled(false)
                                .setIdleTimeout(IDLE_SECONDS)
                                .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .connectionHandler(this::opened);
        return (HttpServer) Proxy.newProxyInstance(
                ManagementConnections.class.getClassLoader(),
                new Class<?>[] {HttpServer.class},
                (proxy, method, arguments) -> guarded(server, method, arguments));
    }

    private static @Nullable Object guarded(HttpServer server, Method method, @Nullable Object[] arguments)
            throws Throwable {
        if (method.getName().equals("requestHandler") && arguments != null && arguments[0] instanceof Router router) {
            return server.requestHandler(new RequestGuard(router));
        }
        return invoke(server, method, arguments);
    }

    private synchronized void opened(HttpConnection connection) {
        open.add(connection);
        connection.closeHandler(end -> closed(connection));
        if (open.size() > MOST) {
            HttpConnection oldest = open.iterator().next();
            open.remove(oldest);
            var unused = oldest.close();
        }
    }

    private synchronized void closed(HttpConnection connection) {
        open.remove(connection);
    }

    @Override
    public void close() {
        var unused = vertx.close();
    }
}
