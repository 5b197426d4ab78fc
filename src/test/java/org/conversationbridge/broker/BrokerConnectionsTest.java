// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conversationbridge.settings.Secret;
import org.conversationbridge.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConnectionsTest {
    @ParameterizedTest
    @CsvSource({
        "tcp://artemis:61616",
        "tcp://artemis:61616?sslEnabled=true",
        "'(tcp://one:61616,tcp://two:61616)?ha=true'"
    })
    void any_url_of_artemis_is_taken(String url) {
        BrokerConnections connections = new BrokerConnections(url, "user", new Secret("canary"));

        assertThat(connections.pool().getConnectionFactory()).isNotNull();
        assertThat(connections.single()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://artemis:61616?trustStorePassword=canary",
                "tcp://user:can/ary@artemis:61616",
                "(tcp://one:61616,tcp://user:canary@artemis:61616)?ha=true"
            })
    void it_is_shown_without_parameters_or_password(String url) {
        assertThat(new BrokerConnections(url, "user", new Secret("canary")).toString())
                .contains("artemis:61616")
                .doesNotContain("ary");
    }

    @Test
    void a_url_that_cannot_be_read_is_refused_without_its_password() {
        BrokerConnections connections =
                new BrokerConnections("tcp://artemis:61616?trustStorePassword=canary ^", "user", new Secret("canary"));

        assertThatThrownBy(connections::single)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("broker.url: 'tcp://artemis:61616', with what follows the host, is not a URL")
                .hasNoCause();
    }
}
