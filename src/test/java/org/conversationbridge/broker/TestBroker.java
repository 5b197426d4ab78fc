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
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.protocol.core.Channel;
import org.apache.activemq.artemis.core.protocol.core.ServerSessionPacketHandler;
import org.apache.activemq.artemis.core.protocol.core.impl.RemotingConnectionImpl;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** A broker as somebody else may have set it up, on loopback. */
public final class TestBroker implements AutoCloseable {
    private static final String OPERATOR = "operator";

    private final EmbeddedActiveMQ broker;
    private final ActiveMQConnectionFactory factory;

    private TestBroker(EmbeddedActiveMQ broker, int port) {
        this.broker = broker;
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
        change.accept(configuration);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), security));
        broker.start();
        return new TestBroker(broker, port);
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
     * Closes the sessions of a user without a word to the client, as Artemis before 2.57.0 does when somebody claims them: what
     * is sent to them is ignored from then on. Their connections stay.
     */
    public void loseSessions(String user) throws Exception {
        Field channels = RemotingConnectionImpl.class.getDeclaredField("channels");
        channels.setAccessible(true);
        for (RemotingConnection connection :
                broker.getActiveMQServer().getRemotingService().getConnections()) {
            for (Object channel : List.copyOf(((Map<?, ?>) channels.get(connection)).values())) {
                if (((Channel) channel).getHandler() instanceof ServerSessionPacketHandler session
                        && user.equals(session.getSession().getUsername())) {
                    session.closeListeners();
                    session.close();
                }
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

    /** Messages on a queue. */
    public long depth(String queue) {
        return broker.getActiveMQServer().locateQueue(queue).getMessageCount();
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
