// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.conversationbridge.TestBridge;
import org.slf4j.LoggerFactory;

/** Puts every canary on every surface of a running bridge, to see that a search finds it there. */
final class Everywhere {
    private static final String CANARIES = Planted.everyCanary();

    private static final List<String> DOMAINS = List.of("org.apache.camel", "org.apache.activemq.artemis", "planted");

    private final CanaryRun run;
    private final TestBridge test;
    private final Surfaces found;

    Everywhere(CanaryRun run, Surfaces found) {
        this.run = run;
        this.test = run.test();
        this.found = found;
    }

    void plantAndSearch(Path folder) throws Exception {
        run.hear(found);
        log();
        request();
        run.fails(found, () -> {
            throw new IllegalStateException("outer", new IllegalArgumentException(CANARIES));
        });
        ProcessSeen.searchInto(found, folder, Map.of(), "canary", "sh", "-c", "echo \"$0\"; read end", CANARIES);
        messages();
        run.replay(found).look(test.connection(), "errorCode IS NOT NULL");
        Files.writeString(run.dataDir().resolve("planted"), CANARIES);
        System.setProperty("planted", CANARIES);
        String name = Thread.currentThread().getName();
        Thread.currentThread().setName(CANARIES);
        manage(test.bridge().context());
        Thread.currentThread().setName(name);
        System.clearProperty("planted");
        run.hear(run.surfaces());
    }

    private static void log() {
        LoggerFactory.getLogger("org.conversationbridge.planted").error("planted", new IllegalStateException(CANARIES));
        LoggerFactory.getLogger("planted").debug(CANARIES);
    }

    private void request() throws Exception {
        URI uri = URI.create(test.sandbox().url() + "/planted");
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(CANARIES);
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", CANARIES)
                                .POST(body)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    /** Nobody takes them from the queues any more. */
    private void messages() throws Exception {
        test.bridge().context().getRouteController().stopRoute("enrich-page");
        test.bridge().context().getRouteController().stopRoute("receive-request");
        for (String queue : test.settings().queues().all()) {
            send(queue);
        }
    }

    /** All at once, and each alone: a line of the replay has the beginning of a property only. */
    private void send(String queue) throws JMSException {
        send(queue, "planted", CANARIES);
        for (Canary canary : Planted.canaries()) {
            send(queue, canary.name(), canary.examples().get(0));
        }
    }

    private void send(String queue, String key, String errorCode) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE)) {
            TextMessage message = session.createTextMessage(CANARIES);
            message.setStringProperty("errorCode", errorCode);
            message.setStringProperty("_AMQ_LVQ_NAME", key);
            session.createProducer(session.createQueue(queue)).send(message);
        }
    }

    /** Looks while it is on the management pages and in JMX, and takes it away from there. */
    private void manage(CamelContext context) throws Exception {
        HealthCheckRegistry checks = HealthCheckHelper.getHealthCheckRegistry(context);
        MeterRegistry meters = context.getRegistry().findSingleByType(MeterRegistry.class);
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        HealthCheck check = new PlantedCheck();
        Counter counter = meters.counter("planted", "text", CANARIES);
        checks.register(check);
        for (String domain : DOMAINS) {
            beans.registerMBean(new PlantedBean(), new ObjectName(domain + ":type=planted"));
        }
        new SearchedBridge(found, test, run.dataDir()).look();
        for (String domain : DOMAINS) {
            beans.unregisterMBean(new ObjectName(domain + ":type=planted"));
        }
        checks.unregister(check);
        meters.remove(counter);
    }

    /** For the health pages. */
    private static final class PlantedCheck extends AbstractHealthCheck {
        PlantedCheck() {
            super("planted", "planted");
        }

        @Override
        public boolean isLiveness() {
            return true;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            result.message(CANARIES).down();
        }
    }

    /** For JMX. */
    public interface PlantedMXBean {
        /** Texts in a structure. */
        Map<String, String> getTexts();
    }

    /** For JMX. */
    public static final class PlantedBean implements PlantedMXBean {
        @Override
        public Map<String, String> getTexts() {
            return Map.of("text", CANARIES);
        }
    }
}
