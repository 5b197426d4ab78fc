// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.conversationbridge.Fixtures;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.failure.UnreadableAnswerException;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.tls.TestCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who knows the address of a channel can read what it reports: it is shown nowhere, and used with TLS only. */
class ChannelConnectorTest {
    private static final String CHANNEL = "streaming-5-canary";

    @TempDir
    private static Path certificates;

    private static TestCertificate right;
    private static TestCertificate wrongName;

    private final List<String> frames = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        right = TestCertificate.of("ip:127.0.0.1", certificates);
        wrongName = TestCertificate.of("dns:streaming.example.org", certificates);
    }

    @Test
    void a_failure_does_not_show_the_address() throws Exception {
        ChannelConnector connector = connector("https://api.example.org");
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThatThrownBy(() -> connector.connect(
                        URI.create("ws://127.0.0.1:" + closed + "/channels/" + CHANNEL),
                        new Channel(List.of("t"), connector, Clock.systemUTC())))
                .isInstanceOf(ChannelFailureException.class)
                .satisfies(failure -> assertThat(FailureText.of(failure)).doesNotContain(CHANNEL))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(CHANNEL));
    }

    @Test
    void an_address_without_tls_is_refused_where_the_api_has_tls() {
        ChannelConnector connector = connector("https://api.example.org");

        assertThatThrownBy(() -> connector.address(
                        Fixtures.parse("{\"id\":\"c\",\"connectUri\":\"ws://streaming.example.org/channels/c\"}")))
                .isInstanceOf(UnreadableAnswerException.class);
        assertThat(connector.address(
                        Fixtures.parse("{\"id\":\"c\",\"connectUri\":\"wss://streaming.example.org/channels/c\"}")))
                .hasScheme("wss");
    }

    @Test
    void an_authority_of_the_setting_is_trusted() throws Exception {
        try (StreamingServer server = new StreamingServer(right)) {
            connect(server, Map.of("genesys.trust-store", right.pem().toString()));

            await().until(() -> frames.equals(List.of(StreamingServer.GREETING)));
        }
    }

    @Test
    void an_unknown_authority_is_not_and_the_setting_is_named() throws Exception {
        try (StreamingServer server = new StreamingServer(right)) {
            assertNotTrusted(server, Map.of());
        }
    }

    @Test
    void a_certificate_for_another_host_is_not_trusted() throws Exception {
        try (StreamingServer server = new StreamingServer(wrongName)) {
            assertNotTrusted(
                    server, Map.of("genesys.trust-store", wrongName.pem().toString()));
        }
    }

    private void assertNotTrusted(StreamingServer server, Map<String, String> settings) {
        assertThatThrownBy(() -> connect(server, settings))
                .isInstanceOf(ChannelFailureException.class)
                .hasMessageContainingAll("127.0.0.1", "TLS connection is not trusted", "genesys.trust-store");
        assertThat(server.isGreeted()).isFalse();
    }

    private void connect(StreamingServer server, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("genesys.api-url", "https://api.example.org");
        ChannelConnector connector = connector(all);
        connector.connect(server.address(), new Channel(List.of("t"), connector, Clock.systemUTC()));
    }

    private ChannelConnector connector(String apiUrl) {
        return connector(Map.of("genesys.api-url", apiUrl, "genesys.login-url", apiUrl));
    }

    private ChannelConnector connector(Map<String, String> values) {
        GenesysSettings settings = new SettingsReader(Map.of())
                .read(Path.of("config"), Set.of(), values)
                .genesys();
        return new ChannelConnector(settings, Clock.systemUTC(), (channel, frame) -> frames.add(frame));
    }

    /** A WebSocket server with a certificate. */
    private static final class StreamingServer implements AutoCloseable {
        static final String GREETING = "{\"topicName\":\"channel.metadata\"}";

        private final Vertx vertx = Vertx.vertx();
        private final AtomicBoolean greeted = new AtomicBoolean();
        private final HttpServer server;

        StreamingServer(TestCertificate certificate) throws Exception {
            server = vertx.createHttpServer(new HttpServerOptions()
                            .setSsl(true)
                            .setKeyCertOptions(KeyCertOptions.wrap(certificate.server())))
                    .webSocketHandler(socket -> {
                        greeted.set(true);
                        socket.writeTextMessage(GREETING);
                    });
            server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }

        URI address() {
            return URI.create("wss://127.0.0.1:" + server.actualPort() + "/channels/c");
        }

        boolean isGreeted() {
            return greeted.get();
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
