// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses that are not those of an Artemis: each is found within a bounded time, and named in its own sentence. */
@Timeout(60)
class FirstContactTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** So does an Artemis without TLS: it waits for more. */
    @Test
    void one_that_accepts_connections_and_says_nothing_is_named() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(problem("tcp://127.0.0.1:" + silent.getLocalPort() + "?sslEnabled=true"))
                    .startsWith(
                            "127.0.0.1:" + silent.getLocalPort() + " accepts connections, but does not answer in TLS");
        }
    }

    @Test
    void one_that_speaks_no_tls_is_named() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> refuseAsWebServer(web));
            server.start();

            assertThat(problem("tcp://127.0.0.1:" + web.getLocalPort() + "?sslEnabled=true", Duration.ofSeconds(30)))
                    .startsWith("127.0.0.1:" + web.getLocalPort() + " does not speak TLS, and BROKER_URL does");
            server.join();
        }
    }

    @Test
    void one_that_refuses_connections_is_named() {
        assertThat(problem("tcp://127.0.0.1:1")).startsWith("127.0.0.1:1 cannot be reached (");
    }

    /** As behind a firewall that drops what is sent: a listener whose queue of connections is full answers no more. */
    @Test
    void one_that_answers_no_connection_is_named_with_and_without_tls() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                waiting.add(connectTo(full));
            }
            for (String tls : List.of("false", "true")) {
                assertThat(problem("tcp://127.0.0.1:" + full.getLocalPort() + "?sslEnabled=" + tls))
                        .startsWith("127.0.0.1:" + full.getLocalPort() + " does not accept a connection within ")
                        .contains("firewall");
            }
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Without TLS, Artemis itself does not answer a greeting with TLS: only its client finds out. */
    @Test
    @Tag("soak")
    void one_that_is_silent_without_tls_is_named_when_its_client_gives_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "tcp://127.0.0.1:" + silent.getLocalPort();
            assertThat(problem(url)).isEmpty();

            BrokerConnections connections = new BrokerConnections(url + "?callTimeout=200", "", new Secret(""));
            String sentence = url + " accepts connections, but does not answer as an Artemis does";
            assertThat(connections.checkLogin())
                    .hasValueSatisfying(why -> assertThat(why).startsWith(sentence));
        }
    }

    private static void refuseAsWebServer(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream()
                    .write("HTTP/1.0 400 Bad request syntax\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connectTo(ServerSocket server) throws Exception {
        Socket socket = new Socket();
        try {
            socket.connect(server.getLocalSocketAddress(), (int) PATIENCE.toMillis() / 4);
        } catch (java.net.SocketTimeoutException e) {
            assertThat(e).as("its queue is full").isNotNull();
        }
        return socket;
    }

    private static String problem(String url) {
        return problem(url, PATIENCE);
    }

    private static String problem(String url, Duration patience) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
            return new FirstContact(factory.getStaticConnectors()[0], patience)
                    .problem()
                    .orElse("");
        }
    }
}
