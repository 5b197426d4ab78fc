// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.management.QueueControl;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.ServerSessionPacketHandler;
import org.apache.activemq.artemis.core.protocol.core.impl.RemotingConnectionImpl;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.awaitility.Awaitility;

/** A broker as somebody else may have set it up, on loopback. */
public final class TestBroker implements AutoCloseable {
    private static final String OPERATOR = "operator";

    private final EmbeddedActiveMQ broker;
    private final Browsers browsers;
    private final ActiveMQConnectionFactory factory;

    private TestBroker(EmbeddedActiveMQ broker, Browsers browsers, int port) {
        this.broker = broker;
        this.browsers = browsers;
        this.factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
    }

    /** Starts it with users and what their one role may do; the test's own operator may do all. */
    public static TestBroker start(
            int port, Path dataDir, Map<String, String> users, Role role, Consumer<Configuration> change)
            throws Exception {
        SecurityConfiguration security = new SecurityConfiguration();
        users.forEach((user, password) -> {
            security.addUser(user, password);
            security.addRole(user, role.getName());
        });
        security.addUser(OPERATOR, OPERATOR);
        security.addRole(OPERATOR, OPERATOR);
        Role operator = new Role(OPERATOR, true, true, true, true, true, true, true, true, true, true, true, true);
        Configuration configuration = new ConfigurationImpl()
                .setJournalDirectory(dataDir.resolve("journal").toString())
                .setBindingsDirectory(dataDir.resolve("bindings").toString())
                .setPagingDirectory(dataDir.resolve("paging").toString())
                .setLargeMessagesDirectory(dataDir.resolve("large").toString())
                .setJournalType(JournalType.NIO)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port + "?protocols=CORE");
        configuration.putSecurityRoles("#", Set.of(role, operator));
        Browsers browsers = new Browsers();
        configuration.registerBrokerPlugin(browsers);
        change.accept(configuration);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), security));
        broker.start();
        return new TestBroker(broker, browsers, port);
    }

    /** A connection that may do all. */
    public Connection connect() throws JMSException {
        return connect(OPERATOR, OPERATOR);
    }

    /** A connection of one of its users. */
    Connection connect(String user, String password) throws JMSException {
        return factory.createConnection(user, password);
    }

    /** Takes the limits of an address away. */
    public void lift(String address) {
        set(address, new AddressSettings());
    }

    /** Changes the settings of an address. */
    public void set(String address, AddressSettings settings) {
        broker.getActiveMQServer().getAddressSettingsRepository().addMatch(address, settings);
    }

    /** Changes what a role may do at an address; the operator may do nothing there then. */
    public void permit(String address, Role role) {
        broker.getActiveMQServer().getSecurityRepository().addMatch(address, Set.of(role));
    }

    /** Closes the connections of whoever consumes an address, as somebody may who manages the broker. */
    public boolean closeConsumers(String address) throws Exception {
        return broker.getActiveMQServer().getActiveMQServerControl().closeConsumerConnectionsForAddress(address);
    }

    /**
     * Closes the sessions of a user without a word to the client, as Artemis before 2.57.0 does when somebody claims
     * them: what is sent to them is ignored from then on. Their connections stay.
     */
    public void loseSessions(String user) throws Exception {
        lose(broker.getActiveMQServer(), session -> user.equals(session.getUsername()));
    }

    private static void lose(ActiveMQServer server, Predicate<ServerSession> which) throws Exception {
        Field channels = RemotingConnectionImpl.class.getDeclaredField("channels");
        channels.setAccessible(true);
        for (RemotingConnection connection : server.getRemotingService().getConnections()) {
            for (Object channel : List.copyOf(((Map<?, ?>) channels.get(connection)).values())) {
                if (((Channel) channel).getHandler() instanceof ServerSessionPacketHandler session
                        && which.test(session.getSession())) {
                    session.closeListeners();
                    session.close();
                }
            }
        }
    }

    /** The same for the consumers of a user alone: their sessions stay. */
    public void loseConsumers(String user) throws Exception {
        for (ServerSession session : broker.getActiveMQServer().getSessions()) {
            if (user.equals(session.getUsername())) {
                for (ServerConsumer consumer : session.getServerConsumers()) {
                    consumer.close(false);
                }
            }
        }
    }

    /** The same for the session of the next browser of a queue, once it has got a message. */
    public void loseNextBrowser(String queue) {
        browsers.next.set(queue);
    }

    /** Whether no browser is to be lost any more. */
    public boolean hasLostBrowser() {
        return browsers.next.get().isEmpty();
    }

    private static final class Browsers implements ActiveMQServerMessagePlugin {
        private final AtomicReference<String> next = new AtomicReference<>("");
        private ActiveMQServer server;

        @Override
        public void registered(ActiveMQServer registering) {
            server = registering;
        }

        @Override
        public void afterDeliver(ServerConsumer consumer, MessageReference reference) {
            if (consumer.isBrowseOnly()
                    && next.get().equals(String.valueOf(consumer.getQueueName()))
                    && !next.getAndSet("").isEmpty()) {
                var unused = CompletableFuture.runAsync(() -> lose(consumer));
            }
        }

        private void lose(ServerConsumer consumer) {
            try {
                TestBroker.lose(server, session -> consumer.getSessionID().equals(session.getName()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Queues with so many consumers each. */
    public Map<String, Integer> consumers() {
        Map<String, Integer> consumers = new TreeMap<>();
        broker.getActiveMQServer().getPostOffice().getAllBindings().forEach(binding -> {
            if (binding instanceof QueueBinding queue && queue.getQueue().getConsumerCount() > 0) {
                consumers.put(
                        String.valueOf(binding.getUniqueName()),
                        queue.getQueue().getConsumerCount());
            }
        });
        return consumers;
    }

    /** Removes the messages of a queue that a filter names. */
    public void remove(String queue, String filter) {
        try {
            ((QueueControl) broker.getActiveMQServer().getManagementService().getResource("queue." + queue))
                    .removeMessages(filter);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a consumer waits for a message of a queue. */
    void awaitConsumer(String queue) {
        Awaitility.await().until(() -> consumers().containsKey(queue));
    }

    /** How many clients are connected. */
    public int connections() {
        return broker.getActiveMQServer().getRemotingService().getConnections().size();
    }

    /** Lets a queue hand out no message, as an administrator may. */
    public void pause(String queue) {
        broker.getActiveMQServer().locateQueue(queue).pause();
    }

    /** Messages on a queue, those of all transactions that are over: the broker counts them a moment later. */
    public long depth(String queue) {
        Queue on = broker.getActiveMQServer().locateQueue(queue);
        on.flushExecutor();
        return on.getMessageCount();
    }

    /** Lets the broker believe that its disk is full, or has room again. */
    public void fillDisk(boolean full) {
        var monitor = ((ActiveMQServerImpl) broker.getActiveMQServer()).getMonitor();
        monitor.setMaxUsage(full ? 0 : 1);
        monitor.tick();
    }

    @Override
    public void close() throws Exception {
        factory.close();
        broker.stop();
    }
}
