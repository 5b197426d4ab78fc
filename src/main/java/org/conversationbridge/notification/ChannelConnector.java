// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.conversationbridge.genesys.failure.UnreadableAnswerException;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.tls.TrustedAuthorities;

/**
 * Opens the sockets of channels with the WebSocket client of the JDK. The address is reported by Genesys Cloud and
 * needs no token: none is ever sent there. It must be {@code wss}, unless the API itself is used without TLS.
 */
public final class ChannelConnector {
    private static final int LONGEST_REASON = 200;

    private final HttpClient client;
    private final boolean isPlainAllowed;
    private final Duration timeout;
    private final Clock clock;
    private final BiConsumer<Channel, String> frames;

    /** @param frames takes each frame of a channel; must not throw */
    public ChannelConnector(GenesysSettings genesys, Clock clock, BiConsumer<Channel, String> frames) {
        this.timeout = genesys.connectTimeout();
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timeout);
        Optional<SSLContext> tls = genesys.authorities().map(TrustedAuthorities::context);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.isPlainAllowed = "http".equals(genesys.apiUrl().getScheme());
        this.clock = clock;
        this.frames = frames;
    }

    /** The address that the answer reports. */
    URI address(JsonNode answer) {
        try {
            URI address = URI.create(answer.path("connectUri").asText());
            boolean secure = "wss".equals(address.getScheme()) || isPlainAllowed && "ws".equals(address.getScheme());
            if (secure
                    && address.getHost() != null
                    && !answer.path("id").asText().isEmpty()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new UnreadableAnswerException("its connectUri is not a URI");
        }
        throw new UnreadableAnswerException("it has no id, or no connectUri of scheme wss");
    }

    /** Why a topic was rejected. */
    String reason(JsonNode topic) {
        return ForeignText.printable(topic.path("rejectionReason").asText("no reason given"), LONGEST_REASON);
    }

    /** @throws ChannelFailureException when there is no connection within {@code genesys.connect-timeout}, doubled */
    ChannelSocket connect(URI address, Channel channel) {
        ChannelSocket socket = new ChannelSocket(frame -> frames.accept(channel, frame), clock);
        try {
            client.newWebSocketBuilder()
                    .connectTimeout(timeout)
                    .buildAsync(address, socket)
                    .get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
            return socket;
        } catch (ExecutionException e) {
            throw new ChannelFailureException(
                    "the WebSocket to " + address.getHost() + " cannot be opened: " + reason(e) + ".", e);
        } catch (TimeoutException e) {
            socket.close();
            throw new ChannelFailureException(
                    "the WebSocket to " + address.getHost() + " did not open in time; check firewall and proxy.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelFailureException("the program is stopping.", e);
        }
    }

    /** Not the message, which may hold the address. */
    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof WebSocketHandshakeException refused) {
            return "answered with " + refused.getResponse().statusCode();
        }
        if (cause instanceof SSLException) {
            return "the TLS connection is not trusted; check genesys.trust-store and any TLS-inspecting proxy";
        }
        if (cause instanceof ConnectException) {
            return "no connection; it is another host than that of the API: check DNS, firewall and proxy";
        }
        return cause.getClass().getSimpleName();
    }
}
