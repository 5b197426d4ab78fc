// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.awaitility.Awaitility;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.EmbeddedBroker;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;

/**
 * The connector in this process with the real routes, a sandbox and the embedded broker. It polls once at its start and
 * then when asked. Its results are read by plain JMS.
 */
public final class TestBridge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern FRAME = Pattern.compile("\"topicName\" *: *\"v2\\.(users|routing)");

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    private final Sandbox sandbox;
    private final Settings settings;
    private final Path routes;
    private final EmbeddedBroker broker;
    private final BrokerConnections plain;
    private BrokerConnections connections;
    private final Clock clock;
    private Bridge bridge;
    private boolean isStopped;
    private final Connection connection;
    private final Session session;
    /** Every life of it, and every other process on its broker. */
    private final List<Bridge> bridges = new CopyOnWriteArrayList<>();
    /** Frames about conversations that the sandbox has sent to all of them. */
    private final AtomicLong frames = new AtomicLong();

    private TestBridge(Sandbox sandbox, Settings settings, Path routes, Clock clock) throws JMSException {
        this.routes = routes;
        this.sandbox = sandbox;
        this.settings = settings;
        this.broker = EmbeddedBroker.start(settings.broker(), new BrokerQueues(settings.queues()));
        this.clock = clock;
        this.plain = BrokerConnections.to(broker.credentials());
        this.connections = plain;
        this.connection = connections.single().createConnection();
        this.connection.start();
        this.session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        this.bridge = life();
        sandbox.sockets().observe(frame -> {
            if (FRAME.matcher(frame).find()) {
                frames.incrementAndGet();
            }
        });
    }

    private Bridge life() {
        Bridge made = new Bridge(settings, routes, connections, clock);
        bridges.add(made);
        return made;
    }

    /** A sandbox on loopback. */
    public static Sandbox sandbox(SandboxSettings settings, Clock clock) throws IOException {
        return Sandbox.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings, clock);
    }

    /** Not started yet; the sandbox is closed with it. */
    public static TestBridge of(Sandbox sandbox, Path dataDir, Map<String, String> settings) throws Exception {
        return of(sandbox, dataDir, settings, Clock.systemUTC());
    }

    /** Not started yet; the sandbox is closed with it. */
    public static TestBridge of(Sandbox sandbox, Path dataDir, Map<String, String> settings, Clock clock)
            throws Exception {
        return of(sandbox, dataDir, settings, ShippedRoutes.FOLDER, clock);
    }

    /** The same with routes that were changed. */
    public static TestBridge of(
            Sandbox sandbox, Path dataDir, Map<String, String> settings, Path routeFolder, Clock clock)
            throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "genesys.api-url", sandbox.url().toString(),
                "genesys.login-url", sandbox.url().toString(),
                "genesys.client-id", "sandbox",
                "genesys.client-secret", "sandbox-secret",
                "genesys.requests-per-minute", "60000",
                "genesys.retry-delay", "20ms",
                "poll.cron", "0 0 0 1 1 ? 2099",
                "broker.port", "0",
                "management.port", "0",
                "data.dir", dataDir.toString()));
        // What has ended is gone before a test looks for long.
        all.put("current.ended-time-to-live", "1s");
        // Tests that count requests, or let the first ones fail, mean those of polls and histories.
        all.put("names.look-up", "false");
        // A third of the processor time of a start is the registration of MBeans. Tests of MBeans, and of two bridges
        // at a
        // time, switch them on: without them Camel gives both the same Quartz scheduler, and one stops the other's.
        all.put("camel.main.jmxEnabled", "false");
        // A listener ends when its wait for a message does: after a second, as Camel has it.
        all.put("camel.component.jms.receiveTimeout", "200");
        all.putAll(settings);
        Set<String> placeholders = routeFolder.equals(ShippedRoutes.FOLDER)
                ? ShippedRoutes.placeholders()
                : RouteFiles.read(routeFolder).placeholders();
        return new TestBridge(
                sandbox, new SettingsReader(Map.of()).read(Path.of("config"), placeholders, all), routeFolder, clock);
    }

    /** Its connections get a parameter of the client, such as {@code callTimeout=1000}; before its start. */
    public TestBridge connectedWith(String parameter) {
        connections = new BrokerConnections(plain.url() + "?" + parameter, plain.user(), plain.password());
        bridge = life();
        return this;
    }

    /** How to reach its broker. */
    public BrokerConnections connections() {
        return plain;
    }

    public TestBridge start() {
        bridge.start();
        return this;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Bridge bridge() {
        return bridge;
    }

    public Settings settings() {
        return settings;
    }

    /** To its broker. */
    public Connection connection() {
        return connection;
    }

    /** Ends the connector; its broker stays. */
    public void stop() {
        isStopped = true;
        bridge.close();
    }

    /** Another life of it on the same broker. */
    public void startAgain() {
        bridge = life();
        isStopped = false;
        bridge.start();
    }

    /** Another process with the same settings on the same broker; started, to be closed by the caller. */
    public Bridge startAnother() {
        Bridge another = life();
        another.start();
        return another;
    }

    /** Lets the broker go away. */
    public void stopBroker() throws Exception {
        broker.close();
    }

    /** Waits until everything that was announced is delivered, and the transaction of it is over. */
    public void awaitDelivered() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> depth(settings.queues().pages()) == 0);
    }

    /**
     * Waits until everything that has happened by the clock of the sandbox was reported to every process, announced and
     * delivered: a test that moves the clock before may move it past the time limits of what is still under way. Not
     * while polls or the sandbox's clock go on by themselves.
     */
    public void awaitAnnounced() {
        Instant now = sandbox.world().now();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> sandbox.notifications().hasSentAll(now)
                        && haveReceivedAll()
                        && depth(settings.queues().pollRequests()) == 0
                        && depth(settings.queues().pages()) == 0);
    }

    /** A frame is counted at its receipt, and requests something after that. */
    private boolean haveReceivedAll() {
        return frames.get()
                        == bridges.stream()
                                .mapToLong(each -> each.polls().figures().notifications())
                                .sum()
                && bridges.stream()
                        .allMatch(each -> each.context().getInflightRepository().size("receive-notification") == 0);
    }

    /** Asks for a poll as the bridge itself does; it would be skipped before what the last one found is delivered. */
    public void poll() throws JMSException {
        awaitDelivered();
        PollRequests requests = bridge.context().getRegistry().lookupByNameAndType("pollRequests", PollRequests.class);
        send(settings.queues().pollRequests(), requests.ask());
    }

    /** Asks for a poll as anybody may, which is not spared. */
    public void pollNow() throws JMSException {
        awaitDelivered();
        send(settings.queues().pollRequests(), "");
    }

    /** Puts a text on a queue. */
    public void send(String queue, String text) throws JMSException {
        session.createProducer(session.createQueue(queue)).send(session.createTextMessage(text));
    }

    /** The same, as the message of a conversation. */
    public void send(String queue, String text, String conversationId, long sequence) throws JMSException {
        TextMessage message = session.createTextMessage(text);
        message.setStringProperty("conversationId", conversationId);
        message.setLongProperty("sequence", sequence);
        session.createProducer(session.createQueue(queue)).send(message);
    }

    /** Takes the lease and puts a successor of the head on the checkpoint queue, as a process does that takes over. */
    public void rewriteCheckpoint() throws JMSException {
        try (Session polling = connection().createSession(Session.SESSION_TRANSACTED)) {
            TextMessage lease;
            try (MessageConsumer leases =
                    polling.createConsumer(polling.createQueue(settings.queues().lease()))) {
                lease = (TextMessage) leases.receive(Duration.ofSeconds(30).toMillis());
            }
            ObjectNode head = (ObjectNode) json(lease);
            String replaced = head.path("revision").asText();
            head.put("revision", "another").put("replaces", replaced).put("polledBy", "another process");
            TextMessage successor = polling.createTextMessage(head.toString());
            successor.setStringProperty("_AMQ_LVQ_NAME", head.path("key").asText());
            successor.setStringProperty("_AMQ_DUPL_ID", head.path("key").asText() + "/" + replaced);
            successor.setStringProperty("snapshot", head.path("snapshot").asText());
            polling.createProducer(polling.createQueue(settings.queues().checkpoint()))
                    .send(successor);
            TextMessage next = polling.createTextMessage(head.toString());
            next.setStringProperty("revision", "another");
            polling.createProducer(polling.createQueue(settings.queues().lease()))
                    .send(next);
            polling.commit();
        }
    }

    /** How many messages the checkpoint has, by what its head says. */
    public int checkpointMessages() throws JMSException {
        try (QueueBrowser browser =
                session.createBrowser(session.createQueue(settings.queues().checkpoint()), "_AMQ_LVQ_NAME = 'poll'")) {
            JsonNode head = json((TextMessage) browser.getEnumeration().nextElement());
            return 1 + head.path("parts").asInt() + head.path("deltas").asInt();
        }
    }

    /** Takes so many results from the result queue. */
    public List<TextMessage> results(int count) throws JMSException {
        return receive(settings.queues().enriched(), count);
    }

    /** Takes the results there are once everything that was announced is delivered; other than that none. */
    public List<TextMessage> delivered() throws JMSException {
        awaitDelivered();
        return results(depth(settings.queues().enriched()));
    }

    /** Takes so many messages from a queue. */
    public List<TextMessage> receive(String queue, int count) throws JMSException {
        List<TextMessage> messages = new ArrayList<>();
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            while (messages.size() < count) {
                Message message = consumer.receive(PATIENCE.toMillis());
                if (message == null) {
                    throw new AssertionError("got " + messages.size() + " of " + count + " from " + queue
                            + "; " + bridge.polls().figures() + "; last failure: "
                            + bridge.polls().lastFailure().orElse("none"));
                }
                messages.add((TextMessage) message);
            }
        }
        return messages;
    }

    /**
     * How many messages the broker has on a queue now: those of transactions that are over, and those that a consumer
     * has taken and not acknowledged, which a browser does not show. The broker counts a message a moment after its
     * transaction, in the thread that also serves a browser: what is browsed before the count waits for that. May be
     * called by any thread.
     */
    public int depth(String queue) throws JMSException {
        try (Connection looking = plain.single().createConnection();
                Session looks = looking.createSession(Session.AUTO_ACKNOWLEDGE)) {
            looking.start();
            try (QueueBrowser browser = looks.createBrowser(looks.createQueue(queue))) {
                boolean unused = browser.getEnumeration().hasMoreElements();
            }
            return (int) ((ActiveMQSession) looks)
                    .getCoreSession()
                    .queueQuery(SimpleString.of(queue))
                    .getMessageCount();
        } catch (ActiveMQException e) {
            throw new AssertionError(e);
        }
    }

    /** The content of a message. */
    public static JsonNode json(TextMessage message) {
        try {
            return Fixtures.parse(message.getText());
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        connection.close();
        if (!isStopped) {
            bridge.close();
        }
        broker.close();
        sandbox.close();
    }
}
