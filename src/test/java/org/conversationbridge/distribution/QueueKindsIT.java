// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.commons.io.FileUtils;
import org.conversationbridge.DefaultQueues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Artemis as it is installed, without anything of the bridge in its broker.xml: the queues are of their kind again,
 * or ready is DOWN and says which is not. Prints what was found.
 */
@Tag("soak")
class QueueKindsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What docs/queues.md says of the queues; the others are plain. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "genesys.poll.requests", "exclusive",
            "genesys.poll.replays", "exclusive",
            "genesys.poll.checkpoint", "last-value non-destructive",
            "genesys.conversations.current", "last-value non-destructive",
            "genesys.conversations.pages", "rebalance pause",
            "genesys.conversations.enriched", "rebalance pause buckets=1024"));

    @TempDir
    private Path folder;

    private final List<Program> bridges = new ArrayList<>();
    private ArtemisServer artemis;
    private Program sandbox;

    @BeforeEach
    void start() throws Exception {
        artemis = ArtemisServer.create(folder.resolve("artemis"));
        artemis.start(folder.resolve("artemis.log"));
        sandbox = Distribution.start(folder, Map.of(), "sandbox", "--port", "0");
    }

    @AfterEach
    void stop() throws Exception {
        for (Program bridge : bridges) {
            bridge.close();
        }
        sandbox.close();
        artemis.close();
    }

    @Test
    void after_the_broker_lost_its_data_three_bridges_restore_every_queue() throws Exception {
        for (int i = 0; i < 3; i++) {
            bridges.add(Distribution.start(folder, environment(), "run"));
            bridges.get(i).line("^running");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(bridges.stream().map(Program::output))
                        .anyMatch(output -> output.contains("poll found=1")));
        print("before", kinds());

        artemis.program().kill();
        FileUtils.deleteDirectory(folder.resolve("artemis/data").toFile());
        int[] seen = bridges.stream().mapToInt(bridge -> bridge.lines().size()).toArray();
        artemis.start(folder.resolve("artemis-again.log"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kinds()).isEqualTo(KINDS));
        print("after its data was lost", kinds());
        await("polls go on").atMost(PATIENCE).until(() -> {
            for (int i = 0; i < seen.length; i++) {
                List<String> lines = bridges.get(i).lines();
                if (lines.subList(seen[i], lines.size()).stream().anyMatch(line -> line.contains("poll found=1"))) {
                    return true;
                }
            }
            return false;
        });
        for (Program bridge : bridges) {
            await().atMost(PATIENCE).until(() -> !ready(bridge).body().contains("Queue genesys."));
        }
        assertThat(kinds()).isEqualTo(KINDS);
    }

    @Test
    void ready_names_queues_that_cannot_be_corrected_until_their_consumer_stops() throws Exception {
        try (Connection connection = artemis.factory().createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            Map<String, MessageConsumer> first = new TreeMap<>();
            for (String name : DefaultQueues.NAMES.all()) {
                first.put(name, session.createConsumer(session.createQueue(name)));
            }
            print("a consumer came first", kinds());
            Program bridge = Distribution.start(folder, environment(), "run");
            bridges.add(bridge);
            bridge.line("running");

            await().atMost(PATIENCE).until(() -> ready(bridge).body().contains("Queue genesys."));
            HttpResponse<String> ready = ready(bridge);
            print("the bridge runs", kinds());
            System.out.println("ready " + ready.statusCode() + " " + ready.body());
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains("Queue genesys.poll.checkpoint is a plain queue", "Queue genesys.conversations.current")
                    .contains("artemis queue delete --name genesys.poll.checkpoint")
                    .doesNotContain("standing by");
            first.get("genesys.poll.requests").close();
            bridge.line("poll failed code=QUEUE_OF_WRONG_KIND: Queue genesys.poll.checkpoint is a plain queue");

            for (MessageConsumer consumer : first.values()) {
                consumer.close();
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(kinds()).isEqualTo(KINDS));
            print("the consumer has gone", kinds());
            await().atMost(PATIENCE).until(() -> ready(bridge).statusCode() == 200);
        }
    }

    private Map<String, String> kinds() throws Exception {
        Map<String, String> kinds = new TreeMap<>();
        try (Connection connection = artemis.factory().createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (String name : KINDS.keySet()) {
                kinds.put(
                        name, kind(((ActiveMQSession) session).getCoreSession().queueQuery(SimpleString.of(name))));
            }
        }
        return kinds;
    }

    private static String kind(QueueQuery queue) {
        List<String> words = new ArrayList<>();
        if (!queue.isExists()) {
            words.add("missing");
        }
        Map<String, Boolean> flags = new TreeMap<>(Map.of(
                "exclusive", queue.isExclusive(),
                "last-value", queue.isLastValue(),
                "non-destructive", queue.isNonDestructive(),
                "rebalance", queue.isGroupRebalance()));
        flags.forEach((word, applies) -> {
            if (applies) {
                words.add(word);
            }
        });
        if (queue.isGroupRebalancePauseDispatch()) {
            words.add("pause");
        }
        if (queue.getGroupBuckets() > 0) {
            words.add("buckets=" + queue.getGroupBuckets());
        }
        return String.join(" ", words);
    }

    private static void print(String when, Map<String, String> kinds) {
        System.out.println(when);
        kinds.forEach((name, kind) -> System.out.println("  " + name + ": " + (kind.isEmpty() ? "plain" : kind)));
    }

    private static HttpResponse<String> ready(Program bridge) throws Exception {
        String url = bridge.line("^management ").replaceAll("\\S+ +(http\\S+).*", "$1");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = artemis.environment(sandbox);
        environment.put("POLL_CRON", "0/3 * * * * ?");
        return environment;
    }
}
