// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.net.impl.URIDecoder;
import io.vertx.ext.web.Router;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the router of health and metrics is spared: a {@code Host} or a URI that cannot be decoded, which it logs with
 * a stack trace, and methods that nothing there has. HEAD is answered as GET, without the body (RFC 9110, 9.3.2
 * and 15.5.6).
 */
final class RequestGuard implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);
    private static final Set<HttpMethod> ALLOWED = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final Router router;

    RequestGuard(Router router) {
        this.router = router;
        router.route()
                .order(Integer.MIN_VALUE)
                .method(HttpMethod.HEAD)
                .handler(context ->
                        context.reroute(HttpMethod.GET, context.request().uri()));
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!hasHost(request) || !isDecodable(request)) {
            var unused = request.response().setStatusCode(BAD_REQUEST).end();
        } else if (!ALLOWED.contains(request.method())) {
            var unused = request.response()
                    .setStatusCode(METHOD_NOT_ALLOWED)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                    .end();
        } else {
            // Both answer in one format only, whatever is accepted; what cannot be parsed there is logged as well.
            request.headers().remove(HttpHeaders.ACCEPT);
            router.handle(request);
        }
    }

    /** As the router wants it; HTTP/1.0 does without. */
    private static boolean hasHost(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                || !(request instanceof HttpServerRequestInternal internal)
                || internal.isValidAuthority();
    }

    private static boolean isDecodable(HttpServerRequest request) {
        String path = request.path();
        if (path == null || !path.startsWith("/")) {
            return false;
        }
        try {
            URIDecoder.decodeURIComponent(path, false);
            request.params();
            return true;
        } catch (IllegalArgumentException e) {
            LOG.debug("management: a URI that cannot be decoded", e);
            return false;
        }
    }
}
