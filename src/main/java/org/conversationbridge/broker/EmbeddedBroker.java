// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.DivertConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.text.FileProblem;
import org.conversationbridge.tls.ServerKeys;

/**
 * The ActiveMQ Artemis inside this process: journal in the data folder, one acceptor (loopback by default), one user
 * with a generated password. For one process, development and tests; several processes share a broker of their own.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String ROLE = "bridge";
    /** For the bridge itself and for clients on this machine; with TLS on an address of its own. */
    private static final String ACCEPTOR = "tcp";

    private static final String TLS_ACCEPTOR = "tls";
    private static final String LOOPBACK = "127.0.0.1";
    /** Longest wait of the journal before it syncs; the default of 3.3 ms limits a producer to 300 commits a second. */
    private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 150_000;

    private static final int LONGEST_ACTIVATION_SECONDS = 60;

    /** How soon an ended conversation leaves the current ones. */
    private static final long EXPIRY_SCAN_MILLIS = 5_000;

    private final EmbeddedActiveMQ broker;
    private final BrokerEnd end;
    private final DataFolderLock lock;
    private final BrokerCredentials credentials;

    private EmbeddedBroker(EmbeddedActiveMQ broker, BrokerEnd end, DataFolderLock lock, BrokerCredentials credentials) {
        this.broker = broker;
        this.end = end;
        this.lock = lock;
        this.credentials = credentials;
    }

    /**
     * Starts it.
     *
     * @throws BrokerException when the folder or the port cannot be used
     */
    public static EmbeddedBroker start(BrokerSettings settings, BrokerQueues queues) {
        return start(settings, queues, Optional.empty(), false);
    }

    /**
     * Starts it with an empty data folder: what an earlier one left there is deleted, once
     * it is certain that no process uses it.
     *
     * @param copyQueue a queue, not kept over a restart, that gets a copy of every result
     * @throws BrokerException when the folder or the port cannot be used; then nothing is deleted
     */
    public static EmbeddedBroker startEmpty(BrokerSettings settings, BrokerQueues queues, String copyQueue) {
        return start(settings, queues, Optional.of(copyQueue), true);
    }

    private static EmbeddedBroker start(
            BrokerSettings settings, BrokerQueues queues, Optional<String> copyQueue, boolean isEmptied) {
        Path dataDir = settings.dataDir();
        try {
            DataFolder folder = DataFolder.open(dataDir);
            DataFolderLock lock = DataFolderLock.acquire(dataDir);
            try {
                checkAddress(settings);
                if (isEmptied) {
                    lock.empty();
                }
                return start(settings, queues, configuration(settings, folder, queues, copyQueue), lock);
            } catch (Exception e) {
                lock.close();
                throw e;
            }
        } catch (BrokerException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new BrokerException(
                    "The data folder " + dataDir + " cannot be used: " + e.getFile() + ": " + FileProblem.of(e)
                            + ". Set DATA_DIR to a folder that this user may write.",
                    e);
        } catch (Exception e) {
            throw new BrokerException(
                    "The embedded broker cannot start in " + dataDir + ": " + FailureText.sentence(e), e);
        }
    }

    private static EmbeddedBroker start(
            BrokerSettings settings, BrokerQueues queues, Configuration configuration, DataFolderLock lock)
            throws Exception {
        BrokerCredentials credentials = BrokerCredentials.keepOrGenerate(settings.dataDir(), "");
        SecurityConfiguration security = new SecurityConfiguration();
        security.addUser(credentials.user(), credentials.password().reveal());
        security.addRole(credentials.user(), ROLE);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), security));
        broker.createActiveMQServer();
        BrokerEnd end = new BrokerEnd(settings.dataDir());
        broker.getActiveMQServer().registerIOCriticalErrorListener(end);
        broker.getActiveMQServer().registerActivateCallback(end);
        try {
            broker.start();
            if (!isActivated(broker, end)) {
                throw end.ended().getNow(end.failure(null));
            }
            new LargeTexts(Path.of(configuration.getLargeMessagesDirectory()))
                    .putAsideIncomplete(broker.getActiveMQServer(), queues);
            String url = url(broker, settings);
            return new EmbeddedBroker(broker, end, lock, BrokerCredentials.keepOrGenerate(settings.dataDir(), url));
        } catch (Exception e) {
            end.want();
            broker.stop();
            throw e;
        }
    }

    /** How to reach it. */
    public BrokerCredentials credentials() {
        return credentials;
    }

    /** Completed when it has ended by itself, with what it ended of. It does not come back: the process is to end. */
    public CompletionStage<BrokerException> ended() {
        return end.ended();
    }

    /** Where other machines reach it with TLS; empty without. */
    public OptionalInt tlsPort() {
        return broker.getActiveMQServer().getRemotingService().getAcceptor(TLS_ACCEPTOR) instanceof NettyAcceptor tls
                ? OptionalInt.of(tls.getActualPort())
                : OptionalInt.empty();
    }

    @Override
    public void close() throws Exception {
        end.want();
        broker.stop();
        lock.close();
    }

    /** Waits until it works, or has ended: a journal that cannot be read ends it while it starts. */
    private static boolean isActivated(EmbeddedActiveMQ broker, BrokerEnd end) throws InterruptedException {
        for (int second = 0; second < LONGEST_ACTIVATION_SECONDS; second++) {
            if (broker.getActiveMQServer().waitForActivation(1, TimeUnit.SECONDS)) {
                return true;
            }
            if (end.ended().isDone()) {
                return false;
            }
        }
        return false;
    }

    private static Configuration configuration(
            BrokerSettings settings, DataFolder folder, BrokerQueues queues, Optional<String> copyQueue)
            throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("conversation-bridge")
                .setJournalDirectory(folder.closed("journal"))
                .setBindingsDirectory(folder.closed("bindings"))
                .setPagingDirectory(folder.closed("paging"))
                .setLargeMessagesDirectory(folder.closed("large-messages"))
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS)
                .setMessageExpiryScanPeriod(EXPIRY_SCAN_MILLIS)
                .setSecurityEnabled(true);
        acceptors(settings).forEach(configuration::addAcceptorConfiguration);
        configuration.putSecurityRoles("#", Set.of(everything()));
        queues.addressSettings(Runtime.getRuntime().maxMemory()).forEach(configuration::addAddressSetting);
        queues.configurations().forEach(queue -> configuration.addAddressConfiguration(address(queue)));
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

    /**
     * With its queue. (Of a queue that is configured without its address, Artemis 2.56 forgets
     * group-rebalance-pause-dispatch.)
     */
    private static CoreAddressConfiguration address(QueueConfiguration queue) {
        return new CoreAddressConfiguration()
                .setName(queue.getAddress().toString())
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfig(queue);
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
                    "The embedded broker cannot listen on " + settings.host() + ":" + settings.port() + " ("
                            + e.getMessage()
                            + "). Set BROKER_PORT to another port, or BROKER_URL to use the broker that runs there.",
                    e);
        }
    }

    private static List<TransportConfiguration> acceptors(BrokerSettings settings) {
        if (settings.keys().isEmpty()) {
            return List.of(acceptor(ACCEPTOR, settings.host(), settings.port(), Map.of()));
        }
        ServerKeys keys = settings.keys().get();
        Map<String, Object> tls = Map.of(
                TransportConstants.SSL_ENABLED_PROP_NAME,
                true,
                TransportConstants.KEYSTORE_TYPE_PROP_NAME,
                "PKCS12",
                TransportConstants.KEYSTORE_PATH_PROP_NAME,
                keys.file().toString(),
                TransportConstants.KEYSTORE_PASSWORD_PROP_NAME,
                keys.password());
        return List.of(
                acceptor(ACCEPTOR, LOOPBACK, 0, Map.of()),
                acceptor(TLS_ACCEPTOR, settings.host(), settings.port(), tls));
    }

    private static TransportConfiguration acceptor(String name, String host, int port, Map<String, Object> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put(TransportConstants.HOST_PROP_NAME, host);
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, name);
    }

    private static String url(EmbeddedActiveMQ broker, BrokerSettings settings) {
        NettyAcceptor acceptor =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
        String host = settings.keys().isPresent() ? LOOPBACK : settings.host();
        return "tcp://" + host + ":" + acceptor.getActualPort();
    }
}
