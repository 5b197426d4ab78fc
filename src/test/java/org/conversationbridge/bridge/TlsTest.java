// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.tls.TestCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the connector trusts, shown with a Genesys Cloud that speaks TLS. */
class TlsTest {
    @TempDir
    private static Path certificates;

    private static TestCertificate right;
    private static TestCertificate wrongName;

    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    @BeforeAll
    static void makeCertificates() throws Exception {
        right = TestCertificate.of("ip:127.0.0.1", certificates);
        wrongName = TestCertificate.of("dns:api.example.com", certificates);
    }

    @Test
    void an_authority_of_the_setting_is_trusted_for_token_api_and_notifications() throws Exception {
        try (TestBridge test = bridge(
                right,
                Map.of(
                        "genesys.trust-store",
                        right.pem().toString(),
                        "poll.source",
                        "notifications",
                        "notifications.queues",
                        "00000000-0000-4000-8000-00000000dead"))) {
            test.bridge().checkCredentials();
            test.start();

            assertThat(test.results(12)).hasSize(12);
            assertThat(requests).anyMatch(SandboxRequest::isForToken).anyMatch(SandboxRequest::isForApi);
            await().until(() -> test.sandbox().sockets().openSockets() == 1);
        }
    }

    @Test
    void an_unknown_authority_gets_no_secret() throws Exception {
        assertNothingSent(right, Map.of());
    }

    @Test
    void another_authority_than_that_of_the_setting_gets_no_secret() throws Exception {
        assertNothingSent(right, Map.of("genesys.trust-store", wrongName.pem().toString()));
    }

    @Test
    void a_certificate_for_another_host_gets_no_secret() throws Exception {
        assertNothingSent(
                wrongName, Map.of("genesys.trust-store", wrongName.pem().toString()));
    }

    @Test
    void an_api_that_is_not_trusted_gets_no_token() throws Exception {
        try (Sandbox login = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC())) {
            for (TestCertificate certificate : List.of(right, wrongName)) {
                String trusted = wrongName.pem().toString();
                try (LogCapture log = LogCapture.of("org.conversationbridge.poll");
                        TestBridge test = bridge(
                                certificate,
                                Map.of(
                                        "genesys.trust-store",
                                        trusted,
                                        "genesys.login-url",
                                        login.url().toString()))) {
                    test.start();
                    await().until(() -> test.bridge().polls().figures().failedPolls() == 1);

                    assertThat(log.messages())
                            .anySatisfy(line -> assertThat(line).contains("no trusted TLS connection"));
                    assertThat(requests).isEmpty();
                }
            }
        }
    }

    private void assertNothingSent(TestCertificate server, Map<String, String> settings) throws Exception {
        try (TestBridge test = bridge(server, settings)) {
            test.start();
            await().until(() -> test.bridge().polls().figures().failedPolls() == 1);

            assertThat(test.bridge().polls().lastFailure()).contains("TOKEN_UNAVAILABLE");
            assertThat(requests).isEmpty();
        }
    }

    private TestBridge bridge(TestCertificate server, Map<String, String> settings) throws Exception {
        Sandbox sandbox = Sandbox.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                server.server(),
                SandboxSettings.defaults(),
                Clock.systemUTC());
        sandbox.observe((request, answer) -> requests.add(request));
        Map<String, String> all = new java.util.HashMap<>(Map.of("poll.source", "analytics"));
        all.putAll(settings);
        return TestBridge.of(sandbox, dataDir, all);
    }
}
