// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The token endpoint for one OAuth client, which may authenticate with Basic or with form fields. */
public final class OAuthServer {
    /** How each token begins, so that one that leaks is known for what it is. */
    public static final String TOKEN = "sandbox-token-";

    private final String clientId;
    private final String clientSecret;
    private final Duration tokenLife;
    private final Clock clock;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

    OAuthServer(String clientId, String clientSecret, Duration tokenLife, Clock clock) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.tokenLife = tokenLife;
        this.clock = clock;
    }

    /** Every token given out is refused from now on. */
    public void revokeTokens() {
        tokens.clear();
    }

    SandboxAnswer token(SandboxRequest request) {
        Map<String, String> form = form(request.body());
        String client = request.header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8))
                .orElseGet(() -> form.get("client_id") + ":" + form.get("client_secret"));
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error("unsupported_grant_type", "grant_type must be client_credentials");
        }
        if (!client.equals(clientId + ":" + clientSecret)) {
            return error("invalid_client", "client not found or secret wrong");
        }
        String token = TOKEN + UUID.randomUUID();
        tokens.put(token, clock.instant().plus(tokenLife));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("access_token", token).put("token_type", "bearer").put("expires_in", tokenLife.toSeconds());
        return SandboxAnswer.json(200, body.toString());
    }

    /** @throws ApiError 401 where the bearer token is not the bridge's, or no longer good */
    void authenticate(SandboxRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith("Bearer ")) {
            throw new ApiError(
                    401,
                    "authentication.required",
                    "No authentication bearer token specified in authorization header.");
        }
        Instant expires = tokens.getOrDefault(header.substring(7), Instant.MIN);
        if (!clock.instant().isBefore(expires)) {
            throw new ApiError(401, "bad.credentials", "Invalid login credentials.");
        }
    }

    private static SandboxAnswer error(String error, String description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error).put("description", description).put("error_description", description);
        return SandboxAnswer.json(400, body.toString());
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(
                        field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                        (first, second) -> second));
    }
}
