// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Genesys Cloud is reached through the proxy of the Java system properties only. */
class ProxyTest {
    /** Nobody listens there. */
    private static final URI GENESYS = URI.create("http://127.0.0.1:1");

    private final ProxySelector before = ProxySelector.getDefault();
    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    private Sandbox sandbox;

    @BeforeEach
    void chooseProxy() throws IOException {
        sandbox = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC());
        sandbox.observe((request, answer) -> requests.add(request));
        ProxySelector.setDefault(new GenesysThrough(
                new InetSocketAddress(sandbox.url().getHost(), sandbox.url().getPort())));
    }

    @AfterEach
    void chooseAsBefore() {
        ProxySelector.setDefault(before);
    }

    @Test
    void token_and_api_are_asked_through_the_proxy() throws Exception {
        Map<String, String> settings =
                Map.of("genesys.api-url", GENESYS.toString(), "genesys.login-url", GENESYS.toString());
        try (TestBridge test = TestBridge.of(sandbox, dataDir, settings)) {
            test.start();

            assertThat(test.results(1)).hasSize(1);
            assertThat(requests).anyMatch(SandboxRequest::isForToken).anyMatch(SandboxRequest::isForApi);
        }
    }

    private final class GenesysThrough extends ProxySelector {
        private final Proxy proxy;

        GenesysThrough(SocketAddress address) {
            this.proxy = new Proxy(Proxy.Type.HTTP, address);
        }

        @Override
        public List<Proxy> select(URI uri) {
            return uri.getPort() == GENESYS.getPort() ? List.of(proxy) : before.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            before.connectFailed(uri, address, failure);
        }
    }
}
