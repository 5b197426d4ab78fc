// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.http;

import java.net.URI;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.conversationbridge.token.AccessTokens;

/**
 * Adds the bearer token to each physical request of camel-http, and only to requests for the configured origin. The
 * token never is a header of an exchange, so it can reach no log and no JMS message.
 */
public final class BearerToken implements HttpClientConfigurer, HttpRequestInterceptor {
    private final AccessTokens tokens;
    private final URI origin;
    private final Optional<String> organizationId;

    public BearerToken(AccessTokens tokens, URI origin, Optional<String> organizationId) {
        this.tokens = tokens;
        this.origin = origin;
        this.organizationId = organizationId;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addRequestInterceptorLast(this);
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
        if (isForOrigin(request)) {
            request.setHeader("Authorization", "Bearer " + tokens.current().reveal());
            request.setHeader("Accept", "application/json");
            organizationId.ifPresent(id -> request.setHeader("X-Genesys-Organization-ID", id));
        }
    }

    private boolean isForOrigin(HttpRequest request) {
        return request.getAuthority() != null
                && origin.getScheme().equalsIgnoreCase(request.getScheme())
                && origin.getHost().equalsIgnoreCase(request.getAuthority().getHostName())
                && port(origin.getPort()) == port(request.getAuthority().getPort());
    }

    private int port(int port) {
        if (port != -1) {
            return port;
        }
        return origin.getScheme().equals("https") ? 443 : 80;
    }
}
