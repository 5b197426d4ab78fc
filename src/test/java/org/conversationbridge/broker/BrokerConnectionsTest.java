// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void it_is_shown_without_parameters_or_password() {
        assertThat(new BrokerConnections("tcp://artemis:61616?trustStorePassword=canary", "user", new Secret("canary")))
                .hasToString("tcp://artemis:61616");
    }
}
