// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of Artemis passes over parameters that it does not know; the bridge does not. */
class BrokerUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    conectionTTL=5                        | 'conectionTTL'; did you mean connectionTTL?
                    connectionTtl=5                       | 'connectionTtl'; did you mean connectionTTL?
                    reconectAttempts=3                    | did you mean reconnectAttempts?
                    sslEnable=true                        | did you mean sslEnabled?
                    trustStorPath=/x                      | did you mean trustStorePath?
                    HA=true                               | did you mean ha?
                    ha=true&callTimout=5                  | did you mean callTimeout?
                    connectionTTL=abc                     | connectionTTL is not a whole number
                    connectionTTL=15s                     | connectionTTL is not a whole number
                    connectionTTL=                        | connectionTTL is not a whole number
                    retryIntervalMultiplier=two           | retryIntervalMultiplier is not a number
                    sslEnabled=yes                        | sslEnabled is neither true nor false
                    verifyHost=1                          | verifyHost is neither true nor false
                    blockOnDurableSend=no                 | blockOnDurableSend is neither true nor false
                    ha=true&ha=false                      | ha is given twice
                    ha=true#tcp://other:61616?sslEnable=1 | did you mean sslEnabled?
                    trustStorePassword=se%cret            | special characters are percent-encoded (%20)
                    """)
    void a_parameter_that_would_do_nothing_is_named(String parameters, String said) {
        assertThat(BrokerUrl.problems("tcp://artemis:61616?" + parameters))
                .singleElement()
                .asString()
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://artemis:61616",
                "tcp://artemis",
                "tcp://artemis:61616?",
                "tcp://artemis:61616?reconnectAttempts=-1&connectionTTL=15000&consumerWindowSize=0",
                "(tcp://one:61616,tcp://two:61616)?ha=true&retryIntervalMultiplier=1.5",
                "tcp://one:61616?sslEnabled=true&trustStorePath=/a%20b.pem&trustStoreType=PEM#tcp://two:61616?verifyHost=false",
                "tcp://artemis:61616?user=bridge&password=a%26b%3D",
                "tcp://artemis:61616?type=CF&clientID=me&useEpoll=false&nettyHttpHeader.x=y",
                "tcp://artemis:61616?deserializationDenyList=*"
            })
    void what_its_documents_name_is_taken(String url) {
        assertThat(BrokerUrl.problems(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=geheim&Qx7", "password=geheim&Qx7Y8Z9=1", "password=a&geheim=Qx7"})
    void what_may_be_a_part_of_a_password_is_not_shown(String parameters) {
        assertThat(BrokerUrl.problems("tcp://artemis:61616?" + parameters))
                .singleElement()
                .asString()
                .contains("does not support parameter 2 behind the ?; a & in a value is written %26")
                .doesNotContain("geheim", "Qx7");
    }

    @Test
    void the_file_and_the_line_are_named(@TempDir Path config) throws Exception {
        Files.writeString(
                config.resolve(SettingsReader.FILE), "# mine\nbroker.url=tcp://artemis:61616?conectionTTL=5\n");

        assertThatThrownBy(() -> new SettingsReader(Map.of(), BrokerUrl::problems).read(config, Set.of(), Map.of()))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactly(config.resolve(SettingsReader.FILE)
                                        + " line 2: broker.url: the client of Artemis has no parameter 'conectionTTL'; did you"
                                        + " mean connectionTTL?"));
    }
}
