// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.conversationbridge.settings.BrokerSettings;

/**
 * The ActiveMQ Artemis inside this process: journal in the data folder, one acceptor (loopback by default), one user
 * with a generated password. For one process, development and tests; several processes share a broker of their own.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String ROLE = "bridge";
    private static final String ACCEPTOR = "tcp";
    /** Longest wait of the journal before it syncs; the default of 3.3 ms limits a producer to 300 commits a second. */
    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 150_000;

    /** How soon an ended conversation leaves the current ones. */
    private static final long EXPIRY_SCAN_MILLIS = 5_000;

    private final EmbeddedActiveMQ broker;
    private final DataFolderLock lock;
    private final BrokerCredentials credentials;

    private EmbeddedBroker(EmbeddedActiveMQ broker, DataFolderLock lock, BrokerCredentials credentials) {
        this.broker = broker;
        this.lock = lock;
        this.credentials = credentials;
    }

    /**
     * Starts it.
     *
     * @throws BrokerException when the folder or the port cannot be used
     */
    public static EmbeddedBroker start(BrokerSettings settings, BrokerQueues queues) {
        return start(settings, queues, Optional.empty());
    }

    /**
     * Starts it.
     *
     * @param copyQueue a queue, not kept over a restart, that gets a copy of every result
     * @throws BrokerException when the folder or the port cannot be used
     */
    public static EmbeddedBroker start(BrokerSettings settings, BrokerQueues queues, Optional<String> copyQueue) {
        Path dataDir = settings.dataDir();
        try {
            checkAddress(settings);
            Files.createDirectories(dataDir);
            DataFolderLock lock = DataFolderLock.acquire(dataDir);
            try {
                return start(settings, configuration(settings, queues, copyQueue), lock);
            } catch (Exception e) {
                lock.close();
                throw e;
            }
        } catch (BrokerException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerException("The broker inside cannot start in " + dataDir + ": " + e.getMessage(), e);
        }
    }

    private static EmbeddedBroker start(BrokerSettings settings, Configuration configuration, DataFolderLock lock)
            throws Exception {
        BrokerCredentials credentials = BrokerCredentials.keepOrGenerate(settings.dataDir(), "");
        SecurityConfiguration security = new SecurityConfiguration();
        security.addUser(credentials.user(), credentials.password().reveal());
        security.addRole(credentials.user(), ROLE);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), security));
        broker.start();
        String url = "tcp://" + settings.host() + ":" + port(broker, settings);
        return new EmbeddedBroker(broker, lock, BrokerCredentials.keepOrGenerate(settings.dataDir(), url));
    }

    /** How to reach it. */
    public BrokerCredentials credentials() {
        return credentials;
    }

    @Override
    public void close() throws Exception {
        broker.stop();
        lock.close();
    }

    private static Configuration configuration(BrokerSettings settings, BrokerQueues queues, Optional<String> copyQueue)
            throws Exception {
        Path dataDir = settings.dataDir();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("conversation-bridge")
                .setJournalDirectory(dataDir.resolve("journal").toString())
                .setBindingsDirectory(dataDir.resolve("bindings").toString())
                .setPagingDirectory(dataDir.resolve("paging").toString())
                .setLargeMessagesDirectory(dataDir.resolve("large-messages").toString())
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setMessageExpiryScanPeriod(EXPIRY_SCAN_MILLIS)
                .setSecurityEnabled(true)
                .addAcceptorConfiguration(
                        ACCEPTOR, "tcp://" + settings.host() + ":" + settings.port() + "?protocols=CORE");
        configuration.putSecurityRoles("#", Set.of(everything()));
        queues.addressSettings().forEach(configuration::addAddressSetting);
        for (QueueConfiguration queue : queues.queues()) {
            configuration.addQueueConfiguration(queue);
        }
        if (copyQueue.isPresent()) {
            configuration.addQueueConfiguration(QueueConfiguration.of(copyQueue.get())
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(false));
            configuration.addDivertConfiguration(new DivertConfiguration()
                    .setName("copy-of-results")
                    .setAddress(queues.results())
                    .setForwardingAddress(copyQueue.get()));
        }
        return configuration;
    }

    private static Role everything() {
        return new Role(ROLE, true, true, true, true, true, true, true, true, true, true, true, true);
    }

    /** The broker itself only logs that it cannot listen. */
    private static void checkAddress(BrokerSettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new BrokerException(
                    "The broker inside cannot listen on " + settings.host() + ":" + settings.port() + " ("
                            + e.getMessage()
                            + "). Set BROKER_PORT to another port, or BROKER_URL to use the broker that runs there.",
                    e);
        }
    }

    private static int port(EmbeddedActiveMQ broker, BrokerSettings settings) {
        NettyAcceptor acceptor =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
        return settings.port() == 0 ? acceptor.getActualPort() : settings.port();
    }
}
