// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.settings.SettingsException;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to a broker.
 *
 * @param url as given: what is missing of the parameters below is added
 */
public record BrokerConnections(String url, String user, Secret password) {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);

    /**
     * Reconnect for ever; notice a dead peer in 15 s; give up a blocking call after 10 s; take one message at a time,
     * so that a crash redelivers only what was worked on; deserialize no Java object.
     */
    private static final String[] PARAMETERS = {
        "reconnectAttempts=-1",
        "retryInterval=500",
        "connectionTTL=15000",
        "clientFailureCheckPeriod=5000",
        "callTimeout=10000",
        "consumerWindowSize=0",
        "deserializationAllowList=none.such"
    };

    private static final int CONNECTIONS = 2;
    /** The client waits half a minute for a greeting of TLS that does not come. */
    private static final Duration LOGIN = Duration.ofSeconds(5);

    /** Those of the broker inside. */
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
     * Refuses a login that the broker refuses. A broker that cannot be reached, or does not answer within some seconds, is no
     * reason not to start: it may come.
     *
     * @throws BrokerException when the broker knows no such user or password
     */
    public void checkLogin() {
        FutureTask<Optional<BrokerException>> login = new FutureTask<>(this::refusal);
        Thread thread = new Thread(login, "broker-login");
        thread.setDaemon(true);
        thread.start();
        try {
            Optional<BrokerException> refused = login.get(LOGIN.toMillis(), TimeUnit.MILLISECONDS);
            if (refused.isPresent()) {
                throw refused.get();
            }
        } catch (TimeoutException e) {
            LOG.debug("no answer to the login in {}", LOGIN);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the login could not be tried", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<BrokerException> refusal() {
        try (Connection connection = single().createConnection()) {
            connection.stop();
            return Optional.empty();
        } catch (JMSException e) {
            return Optional.of(BrokerException.of(e)).filter(BrokerException::isLoginRefused);
        }
    }

    /** Why it cannot be reached, where a look at its addresses tells; nothing is remembered. */
    Optional<String> whyUnreachable() {
        try (ActiveMQConnectionFactory factory = factory("reconnectAttempts=0")) {
            return Arrays.stream(factory.getStaticConnectors())
                    .map(address -> new FirstContact(address).problem())
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
        return factory("reconnectAttempts=0", "callTimeout=5000", "deserializationAllowList=none.such");
    }

    /** The same for one who takes messages: one at a time, so that a crash redelivers only the one in work. */
    public ConnectionFactory oneByOne() {
        return factory(
                "reconnectAttempts=0",
                "callTimeout=5000",
                "consumerWindowSize=0",
                "deserializationAllowList=none.such");
    }

    private ActiveMQConnectionFactory factory(String... parameters) {
        StringBuilder complete = new StringBuilder(url);
        for (String parameter : parameters) {
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
                            + " such as tcp://artemis:61616. Parameters follow a ?, with & between them; what is no letter or"
                            + " digit is written %20.");
        }
    }

    /** Without parameters and user: there may be a password among them. */
    @Override
    public String toString() {
        return BrokerSettings.withoutSecrets(url);
    }
}
