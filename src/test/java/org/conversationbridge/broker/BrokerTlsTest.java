// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.tls.TestCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Artemis with TLS, trusted by broker.trust-store or by parameters of the URL. */
class BrokerTlsTest {
    @TempDir
    private static Path folder;

    private static TestCertificate right;
    private static TestCertificate wrongName;
    private static EmbeddedActiveMQ broker;

    @BeforeAll
    static void start() throws Exception {
        Path blank = Files.createDirectory(folder.resolve("with a blank"));
        right = TestCertificate.of("ip:127.0.0.1", blank);
        wrongName = TestCertificate.of("dns:artemis.example.com", blank);
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("right", acceptor(right))
                .addAcceptorConfiguration("wrong-name", acceptor(wrongName))
                .addAcceptorConfiguration("plain", "tcp://127.0.0.1:0?protocols=CORE"));
        broker.start();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.stop();
    }

    @Test
    void an_authority_of_the_setting_is_trusted() throws Exception {
        try (Connection connection = connect(settings(url("right"), right))) {
            connection.start();

            assertThat(connection.getMetaData().getJMSProviderName()).contains("ActiveMQ");
        }
    }

    @Test
    void the_same_can_be_said_in_the_url() throws Exception {
        String path = right.pem().toString().replace(" ", "%20");
        String url = url("right") + "?sslEnabled=true&trustStoreType=PEM&trustStorePath=" + path;
        try (Connection connection = connect(settings(url, null))) {
            connection.start();

            assertThat(connection.getMetaData().getJMSProviderName()).contains("ActiveMQ");
        }
    }

    @Test
    void no_other_authority_is_trusted() {
        assertThatThrownBy(() -> connect(settings(url("right"), wrongName))).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(settings(url("right") + "?sslEnabled=true", null)))
                .isInstanceOf(JMSException.class);
    }

    @Test
    void a_certificate_for_another_host_is_refused() {
        assertThatThrownBy(() -> connect(settings(url("wrong-name"), wrongName)))
                .isInstanceOf(JMSException.class);
    }

    @Test
    void each_mistake_is_said_in_its_own_sentence() {
        String port = ":[0-9]+ ";

        assertThat(why(settings(url("right"), wrongName)))
                .containsPattern("The certificate of 127.0.0.1" + port + "is not trusted: broker.trust-store");
        assertThat(why(settings(url("right") + "?sslEnabled=true", null))).contains("is not trusted");
        assertThat(why(settings(url("wrong-name"), wrongName)))
                .containsPattern("The certificate of 127.0.0.1" + port + "is for another host");
        assertThat(why(settings(url("plain"), right)))
                .containsPattern(
                        "127.0.0.1" + port + "accepts connections, but does not answer in TLS: use the broker's port");
        assertThat(why(settings(url("right"), null)))
                .containsPattern("127.0.0.1" + port + "speaks TLS, and BROKER_URL does not: set broker.trust-store");
        assertThat(why(settings("tcp://127.0.0.1:1", null))).contains("127.0.0.1:1 cannot be reached");
        assertThat(why(settings("tcp://no-such-host.invalid:61616", null)))
                .contains("no-such-host.invalid cannot be resolved");
        assertThat(why(settings(url("right"), right))).isEmpty();
        assertThat(why(settings(url("plain"), null))).isEmpty();
    }

    /** With the type, password or file that the URL gives. */
    @Test
    void a_trust_store_of_the_url_that_cannot_be_read_is_named_with_the_reason() throws Exception {
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        String keys = right.keys().toString().replace(" ", "%20");
        String store = "The trust store of BROKER_URL cannot be used: ";

        assertThat(trusting("PKCS12", keys, TestCertificate.PASSWORD)).isEmpty();
        assertThat(trusting("PEM", empty.toString(), "x"))
                .isEqualTo(
                        "The trust store of BROKER_URL holds no certificate of an authority, so that no broker is trusted.");
        assertThat(trusting("PKCS12", keys, "guess")).isEqualTo(store + right.keys() + ": its password is wrong.");
        assertThat(trusting("JKS", folder + "/none.jks", "x"))
                .isEqualTo(store + folder + "/none.jks: no such file or folder.");
        assertThat(trusting("JKS", folder.toString(), "x")).isEqualTo(store + folder + ": it is a folder.");
        assertThat(trusting("JKS", empty.toString(), "x")).isEqualTo(store + empty + ": it is empty.");
        assertThat(trusting("PKCS12", right.pem().toString().replace(" ", "%20"), "x"))
                .isEqualTo(store + right.pem() + ": it is no store of type PKCS12, or is damaged.");
    }

    private static String trusting(String type, String path, String password) {
        return why(settings(
                url("right") + "?sslEnabled=true&trustStoreType=" + type + "&trustStorePath=" + path
                        + "&trustStorePassword=" + password,
                null));
    }

    private static String why(BrokerSettings settings) {
        return new BrokerConnections(settings.url().orElseThrow(), "", settings.password())
                .whyUnreachable()
                .orElse("");
    }

    @Test
    void the_setting_holds_for_every_broker_of_a_list() {
        BrokerSettings settings = settings("(tcp://one:61616,tcp://two:61616)?ha=true", right);

        ActiveMQConnectionFactory factory = (ActiveMQConnectionFactory)
                new BrokerConnections(settings.url().orElseThrow(), "", settings.password()).single();

        assertThat(Arrays.stream(factory.getStaticConnectors()))
                .hasSize(2)
                .allSatisfy(connector -> assertThat(connector.getParams())
                        .containsEntry("sslEnabled", "true")
                        .containsEntry("trustStorePath", right.pem().toString()));
    }

    @Test
    void a_trust_store_that_is_none_or_is_given_twice_is_refused() {
        assertThatThrownBy(() -> read(Map.of("broker.trust-store", "/no/such.pem", "broker.url", "tcp://a:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("broker.trust-store: '/no/such.pem' cannot be read");
        assertThatThrownBy(() -> settings("tcp://a:1?sslEnabled=true&trustStorePath=x", right))
                .hasMessageContaining("keep one");
    }

    private static Connection connect(BrokerSettings settings) throws JMSException {
        return new BrokerConnections(settings.url().orElseThrow(), "", settings.password())
                .single()
                .createConnection();
    }

    private static BrokerSettings settings(String url, TestCertificate trusted) {
        return read(
                trusted == null
                        ? Map.of("broker.url", url)
                        : Map.of(
                                "broker.url",
                                url,
                                "broker.trust-store",
                                trusted.pem().toString()));
    }

    private static BrokerSettings read(Map<String, String> settings) {
        return new SettingsReader(Map.of())
                .read(Path.of("config"), Set.of(), settings)
                .broker();
    }

    private static String acceptor(TestCertificate certificate) {
        return "tcp://127.0.0.1:0?protocols=CORE&sslEnabled=true&keyStoreType=PKCS12&keyStorePath="
                + certificate.keys().toString().replace(" ", "%20") + "&keyStorePassword=" + TestCertificate.PASSWORD;
    }

    private static String url(String acceptor) {
        NettyAcceptor netty =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor(acceptor);
        return "tcp://127.0.0.1:" + netty.getActualPort();
    }
}
