// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.conversationbridge.distribution.ArtemisServer;
import org.springframework.util.FileSystemUtils;

/** The broker of a scenario: an Artemis in a process of its own, with the queues of the bridge, for all peers in turn. */
final class Rig implements AutoCloseable {
    static final String RESULTS = "genesys.conversations.enriched";
    static final String CURRENT = "genesys.conversations.current";
    static final String CHECKPOINT = "genesys.poll.checkpoint";
    static final String POLL_REQUESTS = "genesys.poll.requests";

    private static final Pattern CURRENT_LIMIT = Pattern.compile(
            "(?<head><address-setting match=\"" + CURRENT + "\">.*?<max-size-bytes>)\\d+", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UP_MESSAGES = 5_000;
    private static final int WARM_UP_CHARACTERS = 2_500;

    private final Map<String, String> environment;
    private final Optional<Launched> broker;
    private final Optional<Path> data;

    private Rig(Map<String, String> environment, Optional<Launched> broker, Optional<Path> data) {
        this.environment = environment;
        this.broker = broker;
        this.data = data;
    }

    /** One that runs already, somewhere else; its processor time is not measured. */
    static Rig at(String url, String user, String password) {
        return new Rig(environment(url, user, password), Optional.empty(), Optional.empty());
    }

    /**
     * Starts one whose data and log are in a folder, and has it take some messages.
     *
     * @param currentMb what it may hold of the current conversations; empty for the shipped limit
     */
    static Rig start(Path folder, Optional<Integer> currentMb) throws Exception {
        Path instance = folder.resolve("broker");
        ArtemisServer server = ArtemisServer.create(instance).withBridgeConfiguration();
        if (currentMb.isPresent()) {
            limitCurrent(instance.resolve("etc/broker.xml"), currentMb.get());
        }
        Launched broker = Launched.start(
                folder,
                "broker",
                Map.of(),
                List.of(instance.resolve("bin/artemis").toString(), "run"));
        Rig rig = new Rig(
                environment(server.url(), ArtemisServer.USER, ArtemisServer.PASSWORD),
                Optional.of(broker),
                Optional.of(instance.resolve("data")));
        try {
            broker.line("Server is now active", 1, PATIENCE);
            rig.warmUp(folder);
            return rig;
        } catch (Exception e) {
            rig.close();
            throw e;
        }
    }

    private static void limitCurrent(Path brokerXml, int megabytes) throws IOException {
        Matcher limit = CURRENT_LIMIT.matcher(Files.readString(brokerXml));
        if (!limit.find()) {
            throw new IllegalStateException("no limit of " + CURRENT + " in " + brokerXml);
        }
        Files.writeString(brokerXml, limit.replaceFirst("${head}" + ((long) megabytes << 20)));
    }

    private void warmUp(Path folder) throws Exception {
        List<String> arguments = List.of(Integer.toString(WARM_UP_MESSAGES), Integer.toString(WARM_UP_CHARACTERS));
        try (Arrivals arrivals = Arrivals.listen(this);
                Launched producer = Launched.start(
                        folder, "warm-up", environment(), JavaCommand.of(RawProducer.class, List.of(), arguments))) {
            if (!producer.awaitEnd(PATIENCE) || !arrivals.await(WARM_UP_MESSAGES, PATIENCE, () -> true)) {
                throw new IllegalStateException("the broker took no messages: " + folder);
            }
        }
    }

    /** Its process, if this is of its own. */
    Optional<Launched> broker() {
        return broker;
    }

    /** For a peer that is to send to it. */
    Map<String, String> environment() {
        return environment;
    }

    private static Map<String, String> environment(String url, String user, String password) {
        return Map.of("BROKER_URL", url, "BROKER_USER", user, "BROKER_PASSWORD", password);
    }

    /** Connections as an environment says. */
    static ActiveMQConnectionFactory factory(Map<String, String> environment) {
        return new ActiveMQConnectionFactory(
                environment.get("BROKER_URL"), environment.get("BROKER_USER"), environment.get("BROKER_PASSWORD"));
    }

    /** Removes every message of an earlier peer. */
    void empty() throws Exception {
        for (Object queue : (Object[])
                ask(request -> JMSManagementHelper.putAttribute(request, ResourceNames.BROKER, "queueNames"))) {
            if (queue.toString().contains("genesys.")) {
                ask(request -> JMSManagementHelper.putOperationInvocation(
                        request, ResourceNames.QUEUE + queue, "removeAllMessages"));
            }
        }
    }

    /** Messages that were ever put on a queue. */
    long added(String queue) throws Exception {
        return ((Number) ask(request ->
                        JMSManagementHelper.putAttribute(request, ResourceNames.QUEUE + queue, "messagesAdded")))
                .longValue();
    }

    /** What the messages of an address take of the broker's memory, by its own account. */
    double megabytes(String address) throws Exception {
        Number bytes = (Number) ask(
                request -> JMSManagementHelper.putAttribute(request, ResourceNames.ADDRESS + address, "addressSize"));
        return bytes.doubleValue() / (1 << 20);
    }

    /** Has the polling process poll now. */
    void requestPoll() throws Exception {
        try (ActiveMQConnectionFactory factory = factory(environment());
                QueueConnection connection = factory.createQueueConnection();
                QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createSender(session.createQueue(POLL_REQUESTS)).send(session.createTextMessage(""));
        }
    }

    private interface Question {
        void putInto(Message request) throws JMSException;
    }

    private Object ask(Question question) throws Exception {
        Queue management = ActiveMQDestination.createQueue("activemq.management");
        try (ActiveMQConnectionFactory factory = factory(environment());
                QueueConnection connection = factory.createQueueConnection();
                QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            Message request = session.createMessage();
            question.putInto(request);
            Message answer = new QueueRequestor(session, management).request(request);
            return JMSManagementHelper.getResult(answer);
        }
    }

    /** Stops it, and removes its journal; its log stays. */
    @Override
    public void close() throws IOException {
        broker.ifPresent(Launched::close);
        if (data.isPresent()) {
            FileSystemUtils.deleteRecursively(data.get());
        }
    }

    /** A new folder, empty. */
    static Path folder(Path parent, String name) throws Exception {
        return Files.createDirectories(parent.resolve(name));
    }
}
