// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.UnreadableAnswerException;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;

/** Who knows the address of a channel can read what it tells: it is shown nowhere, and used with TLS only. */
class ChannelConnectorTest {
    private static final String CHANNEL = "streaming-5-canary";

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

    private static ChannelConnector connector(String apiUrl) {
        GenesysSettings settings = new SettingsReader(Map.of())
                .read(Path.of("config"), Set.of(), Map.of("genesys.api-url", apiUrl, "genesys.login-url", apiUrl))
                .genesys();
        return new ChannelConnector(settings, Clock.systemUTC(), (channel, frame) -> {});
    }
}
