// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.commons.lang3.ArrayUtils;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.settings.SettingsException;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * Connections to a broker.
 *
 * @param url as given: what is missing of the parameters below is added
 */
public record BrokerConnections(String url, String user, Secret password) {
    /**
     * Reconnect for ever; notice a dead peer in 15 s; give up a blocking call after 10 s; take one message at a time,
     * so that a crash redelivers only what was worked on.
     */
    private static final String[] PARAMETERS = {
        "reconnectAttempts=-1",
        "retryInterval=500",
        "connectionTTL=15000",
        "clientFailureCheckPeriod=5000",
        "callTimeout=10000",
        "consumerWindowSize=0"
    };

    /** Of each connection: no Java object is deserialized; an address that does not answer is given up after 5 s. */
    private static final String[] ALWAYS = {"deserializationAllowList=none.such", "connect-timeout-millis=5000"};

    private static final int CONNECTIONS = 2;

    /** Those of the embedded broker. */
    public static BrokerConnections to(BrokerCredentials credentials) {
        return new BrokerConnections(credentials.url(), credentials.user(), credentials.password());
    }

    /** Pooled connections for the routes. The caller stops the pool. */
    public JmsPoolConnectionFactory pool() {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory(PARAMETERS));
        pool.setMaxConnections(CONNECTIONS);
        // A session that was closed on the broker is found out by its use only, and must not be used twice.
        pool.setMaxIdleSessionsPerConnection(0);
        return pool;
    }

    /**
     * Refuses a login that the broker refuses. A broker that cannot be reached, or does not answer in its protocol, is
     * no reason not to start: it may come. Takes seconds, not more.
     *
     * @return why the broker cannot be reached; empty if it can
     * @throws BrokerException when the broker knows no such user or password
     */
    public Optional<String> checkLogin() {
        try (Connection connection = open(single())) {
            connection.stop();
        } catch (JMSException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (BrokerException e) {
            if (e.isLoginRefused()) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /**
     * A connection for a look at the broker.
     *
     * @param factory of these connections
     * @throws BrokerException saying why there is none; within seconds
     */
    public Connection open(ConnectionFactory factory) {
        Optional<String> unreachable = firstOf(FirstContact::obstacle);
        if (unreachable.isPresent()) {
            // A handshake with a server that does not speak TLS would take half a minute.
            throw new BrokerException(unreachable.get(), null);
        }
        try {
            return factory.createConnection();
        } catch (JMSException e) {
            BrokerException named = BrokerException.of(e);
            throw named.isWithoutAnswer() ? new BrokerException(why(named), e) : named;
        }
    }

    /** Why no connection could be made: where the client of Artemis says only that it failed, what its addresses do. */
    String why(BrokerException failure) {
        return failure.isWithoutAnswer()
                ? whyUnreachable().orElseGet(this::silent)
                : String.valueOf(failure.getMessage());
    }

    private String silent() {
        return FirstContact.silent(toString());
    }

    /** Why it cannot be reached, where a look at its addresses shows it; nothing is remembered. */
    Optional<String> whyUnreachable() {
        return firstOf(FirstContact::problem);
    }

    private Optional<String> firstOf(Function<FirstContact, Optional<String>> look) {
        try (ActiveMQConnectionFactory factory = factory("reconnectAttempts=0")) {
            return Arrays.stream(factory.getStaticConnectors())
                    .map(address -> look.apply(new FirstContact(address)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    /** Ends the connections of a pool whose broker is gone: no call waits any longer for it to come back. */
    public static void abandon(JmsPoolConnectionFactory pool) {
        ((ActiveMQConnectionFactory) pool.getConnectionFactory()).close();
    }

    /** A factory whose connections do not come back by themselves: for a look at the broker. */
    public ConnectionFactory single() {
        return factory("reconnectAttempts=0", "callTimeout=5000");
    }

    /** The same for one who takes messages: one at a time, so that a crash redelivers only the one in work. */
    public ConnectionFactory oneByOne() {
        return factory("reconnectAttempts=0", "callTimeout=5000", "consumerWindowSize=0");
    }

    private ActiveMQConnectionFactory factory(String... parameters) {
        StringBuilder complete = new StringBuilder(url);
        for (String parameter : ArrayUtils.addAll(parameters, ALWAYS)) {
            String name = parameter.substring(0, parameter.indexOf('=') + 1);
            if (!url.contains("?" + name) && !url.contains("&" + name)) {
                complete.append(complete.indexOf("?") < 0 ? '?' : '&').append(parameter);
            }
        }
        ActiveMQConnectionFactory factory = factoryOf(complete.toString());
        if (!user.isEmpty()) {
            factory.setUser(user);
            factory.setPassword(password.reveal());
        }
        return factory;
    }

    /** What the client says of a URL that it cannot read repeats the URL, and with it the passwords in there. */
    private ActiveMQConnectionFactory factoryOf(String complete) {
        try {
            return new ActiveMQConnectionFactory(complete);
        } catch (RuntimeException e) {
            throw new SettingsException(
                    "broker.url: '" + this + "', with what follows the host, is not a URL of Artemis"
                            + " such as tcp://artemis:61616. Parameters follow a ?, separated by &; special"
                            + " characters are percent-encoded (%20).");
        }
    }

    /** Without parameters and user: there may be a password among them. */
    @Override
    public String toString() {
        return BrokerSettings.withoutSecrets(url);
    }
}
