// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.apache.commons.lang3.StringUtils;
import org.conversationbridge.LogCapture;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.EmbeddedBroker;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {
    private static final List<String> ENDPOINTS =
            List.of("/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics");
    private static final List<String> MALFORMED_URIS =
            List.of("?x=%zz", "?x=%", "?%=1", "?x=%4", "?a=b&c=%g0", "%zz", "%", "%4", "/%zz", "/%zz?x=%zz");
    private static final List<String> ODD_URIS = List.of(
            "?",
            "?&&==&",
            "?x=%00",
            "?x=%c3%28",
            "?x=%ff%fe",
            "?exposureLevel=%0d%0a",
            "?exposureLevel=none&stackTrace=true&data=x",
            "?name[]=%5b",
            "%00",
            "%c3%28",
            "%2f",
            "//",
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/x",
            ";x=y",
            "#x",
            "?x=" + "y".repeat(3_000));
    private static final List<String> ODD_HEADERS = List.of(
            "Accept: garbage;q=abc",
            "Accept: ;;;,,,/;q=",
            "Accept: text/html",
            "Accept: application/json;q=2.5",
            "Accept-Encoding: \u00ff",
            "Accept-Language: q=;;x-",
            "Content-Type: ;;;",
            "Content-Type: text/plain; charset=bogus",
            "Cookie: =;=;\u00e9;a",
            "Range: bytes=9-1",
            "Expect: something",
            "Expect: 100-continue",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: !!!",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: x\r\nSec-WebSocket-Key: y",
            "Content-Length: x",
            "Content-Length: -1",
            "Transfer-Encoding: bogus",
            "X-Forwarded-For: %zz\r\nForwarded: for=;;",
            "Authorization: Basic %%%",
            "X-Long: " + "y".repeat(20_000),
            "Host: %zz",
            "Host: a:b:c",
            "Host: [::",
            "Host: x y",
            "Host:",
            "no colon",
            ": no name");
    private static final List<String> MALFORMED_BEGINS = List.of(
            "GET http://%zz{} HTTP/1.1\r\n",
            "GET * HTTP/1.1\r\n",
            "GET x{} HTTP/1.1\r\n",
            "get {} HTTP/1.1\r\n",
            "G\u00cbT {} HTTP/1.1\r\n",
            "GET {} HTTP/9.9\r\n",
            "GET {} FTP/1.1\r\n",
            "CONNECT {} HTTP/1.1\r\n",
            "\u0016\u0003\u0001\u0002\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n",
            "GET {} HTTP/1.1\r\n\r\n",
            "GET {} HTTP/1.1\r\nHost: %zz\r\n\r\n",
            "GET {} HTTP/1.1\r\nHost:\r\n\r\n");

    /** Stands for a connection that is closed without an answer in HTTP/1. */
    private static final int REFUSED = 400;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path dataDir;

    @Test
    void metrics_report_how_the_polls_go() throws Exception {
        try (TestBridge test = bridge().start()) {
            await().until(() -> test.bridge().polls().figures().delivered() == 12);

            assertThat(get(test.bridge(), "metrics").body())
                    .contains("conversation_bridge_polls_total{outcome=\"ok\"} 1.0")
                    .contains("conversation_bridge_polls_incomplete_total 0.0")
                    .contains("conversation_bridge_conversations_total{step=\"delivered\"} 12.0")
                    .contains("conversation_bridge_broker_up 1.0")
                    .contains("conversation_bridge_genesys_budget_left")
                    .contains("camel_exchanges_total");
        }
    }

    /** What runs once per conversation is in {@code conversation_bridge_conversations_total}. */
    @Test
    void routes_have_an_mbean_and_meters_unless_they_run_once_per_conversation() throws Exception {
        try (TestBridge test = TestBridge.of(
                        TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                        dataDir,
                        Map.of("camel.main.jmxEnabled", "true"))
                .start()) {
            await().until(() -> test.bridge().polls().figures().delivered() == 12);

            Set<String> metered = Pattern.compile("camel_exchanges_total\\{[^}]*routeId=\"([a-z-]+)\"")
                    .matcher(get(test.bridge(), "metrics").body())
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            Set<String> routes = test.bridge().context().getRoutes().stream()
                    .map(Route::getRouteId)
                    .collect(Collectors.toSet());
            assertThat(mBeans("routes")).hasSameSizeAs(routes);
            assertThat(mBeans("processors")).isEmpty();
            assertThat(metered).contains("receive-request", "poll-page", "enrich-page", "send-request");
            assertThat(routes.stream().filter(route -> !metered.contains(route) && isStarted(test, route)))
                    .containsExactlyInAnyOrder(
                            "compare-conversation",
                            "deliver-or-park",
                            "deliver-conversation",
                            "agent-history",
                            "wrap-in-cloud-event",
                            "deliver-message",
                            "replace-current",
                            "note-missing-history");
        }
    }

    private static boolean isStarted(TestBridge test, String route) {
        return test.bridge()
                .context()
                .getRouteController()
                .getRouteStatus(route)
                .isStarted();
    }

    private static Set<ObjectName> mBeans(String type) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:type=" + type + ",*"), null);
    }

    @Test
    void a_management_port_that_is_taken_is_a_reason_not_to_start() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestBridge test = TestBridge.of(
                        TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                        dataDir,
                        Map.of("management.port", Integer.toString(other.getLocalPort())))) {
            assertThatThrownBy(test::start)
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("The management port cannot be used (Address already in use")
                    .hasMessageEndingWith("Set MANAGEMENT_PORT to another one.");
            assertThat(test.sandbox().apiRequests()).isZero();
        }
    }

    @Test
    void ready_reports_failing_polls_and_live_does_not() throws Exception {
        try (TestBridge test = bridge()) {
            test.sandbox().add(new LacksPermission(100));
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);
            HttpResponse<String> ready = get(test.bridge(), "health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("no good poll yet, last failure GENESYS_ACCESS_DENIED");
            assertThat(get(test.bridge(), "health/live").statusCode()).isEqualTo(200);

            test.sandbox().removeFaults();
            test.poll();

            await().until(() -> get(test.bridge(), "health/ready").statusCode() == 200);
            assertThat(get(test.bridge(), "health/ready").body().split("\"name\"", -1))
                    .as("few enough checks to see the one that is DOWN")
                    .hasSizeBetween(8, 12);
        }
    }

    @Test
    void ready_reports_a_lost_broker_at_once_and_its_return() throws Exception {
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC());
        Settings settings = new SettingsReader(Map.of())
                .read(
                        Path.of("config"),
                        ShippedRoutes.placeholders(),
                        Map.of(
                                "genesys.api-url", sandbox.url().toString(),
                                "genesys.client-id", "sandbox",
                                "genesys.client-secret", "sandbox-secret",
                                "broker.port", "0",
                                "management.port", "0",
                                "data.dir", dataDir.toString()));
        BrokerQueues queues = new BrokerQueues(settings.queues());
        EmbeddedBroker broker = EmbeddedBroker.start(settings.broker(), queues);
        BrokerConnections connections = BrokerConnections.to(broker.credentials());
        int port = URI.create(broker.credentials().url()).getPort();
        try (sandbox;
                Bridge bridge =
                        new Bridge(settings, Path.of("routes").toAbsolutePath(), connections, Clock.systemUTC())) {
            bridge.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(bridge, "health/ready").statusCode() == 200);

            broker.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(bridge, "health/ready").body().contains("broker not reachable"));
            assertThat(get(bridge, "health/ready").statusCode()).isEqualTo(503);

            try (EmbeddedBroker again = EmbeddedBroker.start(
                    new org.conversationbridge.settings.BrokerSettings(
                            Optional.empty(),
                            "",
                            settings.broker().password(),
                            "127.0.0.1",
                            port,
                            settings.broker().dataDir()),
                    queues)) {
                assertThat(again.credentials().url()).endsWith(":" + port);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> get(bridge, "health/ready").statusCode() == 200);
            }
        }
    }

    @Test
    void connections_that_only_wait_are_bounded_in_number_and_time() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (TestBridge test = bridge().start()) {
            for (int i = 0; i < ManagementConnections.MOST + 50; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), test.bridge().managementPort());
                socket.setSoTimeout(60_000);
                waiting.add(socket);
            }

            assertThat(get(test.bridge(), "health/live").statusCode()).isEqualTo(200);
            for (Socket oldest : waiting.subList(0, 50)) {
                assertThat(oldest.getInputStream().read()).isEqualTo(-1);
            }
            for (Socket idle : waiting.subList(50, waiting.size())) {
                assertThat(idle.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void no_page_of_another_origin_may_read_it() throws Exception {
        try (TestBridge test = bridge().start()) {
            URI uri = URI.create("http://127.0.0.1:" + test.bridge().managementPort() + "/observe/health");
            for (String method : List.of("GET", "OPTIONS")) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .header("Origin", "https://elsewhere.example.com")
                                .header("Access-Control-Request-Method", "GET")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

                assertThat(answer.headers().map().keySet())
                        .noneMatch(
                                name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
            }
        }
    }

    /** Whoever can reach the port could fill the log, with 23 lines a request. */
    @Test
    void no_request_writes_a_line_or_is_a_failure_of_the_server() throws Exception {
        try (TestBridge test = bridge().start();
                LogCapture vertx = LogCapture.of("io.vertx");
                LogCapture netty = LogCapture.of("io.netty");
                LogCapture camel = LogCapture.of("org.apache.camel")) {
            int port = test.bridge().managementPort();
            for (String endpoint : ENDPOINTS) {
                for (String uri : MALFORMED_URIS) {
                    assertThat(status(port, "GET " + endpoint + uri + " HTTP/1.1\r\n"))
                            .as(endpoint + uri)
                            .isEqualTo(400);
                }
                for (String uri : ODD_URIS) {
                    assertThat(status(port, "GET " + endpoint + uri + " HTTP/1.1\r\n"))
                            .as(endpoint + uri)
                            .isBetween(200, 503)
                            .isNotEqualTo(500);
                }
                for (String header : ODD_HEADERS) {
                    assertThat(status(port, "GET " + endpoint + " HTTP/1.1\r\n" + header + "\r\n"))
                            .as(endpoint + " with " + StringUtils.abbreviate(header, 50))
                            .isBetween(200, 503)
                            .isNotEqualTo(500);
                }
                for (String begin : MALFORMED_BEGINS) {
                    assertThat(status(port, begin.replace("{}", endpoint)))
                            .as(begin + " of " + endpoint)
                            .isBetween(200, 505)
                            .isNotEqualTo(500);
                }
            }
            assertThat(List.of(vertx.warnings(), netty.warnings(), camel.warnings()))
                    .allMatch(List::isEmpty);
        }
    }

    @Test
    void head_is_answered_as_get_and_other_methods_with_what_is_allowed() throws Exception {
        try (TestBridge test = bridge().start()) {
            int port = test.bridge().managementPort();
            for (String endpoint : ENDPOINTS) {
                String get = exchange(port, "GET " + endpoint + " HTTP/1.1\r\n");
                String head = exchange(port, "HEAD " + endpoint + " HTTP/1.1\r\n");
                assertThat(head.lines().findFirst()).isEqualTo(get.lines().findFirst());
                assertThat(head).as("no body").endsWith("\r\n\r\n");
                for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")) {
                    assertThat(exchange(port, method + " " + endpoint + " HTTP/1.1\r\n"))
                            .startsWith("HTTP/1.1 405 ")
                            .containsIgnoringCase("\r\nallow: GET, HEAD\r\n");
                }
            }
            assertThat(exchange(port, "GET /observe/health/live HTTP/1.0\r\n\r\n"))
                    .as("a probe without a host")
                    .startsWith("HTTP/1.0 200 ");
            assertThat(status(port, "GET /observe/none HTTP/1.1\r\n")).isEqualTo(404);
            assertThat(status(port, "HEAD /observe/none HTTP/1.1\r\n")).isEqualTo(404);
        }
    }

    private static int status(int port, String request) throws IOException {
        String answer = exchange(port, request);
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.split("[ \r]", 3)[1]) : REFUSED;
    }

    /** One request on a connection of its own, byte for byte; nothing where the connection is closed. */
    private static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write((request + "Host: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }

    private HttpResponse<String> get(Bridge bridge, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + bridge.managementPort() + "/observe/" + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private TestBridge bridge() throws Exception {
        Clock clock = Clock.systemUTC();
        return TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), clock),
                dataDir,
                Map.of("poll.source", "analytics"),
                clock);
    }
}
