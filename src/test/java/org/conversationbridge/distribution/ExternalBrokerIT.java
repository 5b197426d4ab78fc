// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution, its sandbox and an Artemis started from its published distribution, each in a process of its own;
 * the result queue is read by a plain JMS client.
 */
class ExternalBrokerIT {
    @TempDir
    private Path folder;

    private ArtemisServer artemis;
    private Program sandbox;

    @BeforeEach
    void start() throws Exception {
        artemis = ArtemisServer.create(folder.resolve("artemis")).withBridgeConfiguration();
        artemis.start(folder.resolve("artemis.log"));
        sandbox = Distribution.start(folder, Map.of(), "sandbox", "--port", "0");
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
        artemis.close();
    }

    @Test
    void tail_shows_valid_messages_and_a_plain_consumer_gets_each_change_once() throws Exception {
        try (Program run = Distribution.start(folder, artemis.environment(sandbox), "run")) {
            String poll = run.line("poll found=(\\d+) changed=\\1 delivered=\\1 parked=0");
            int count = Integer.parseInt(poll.replaceAll(".* delivered=(\\d+) .*", "$1"));

            try (Program tail = Distribution.start(folder, artemis.environment(sandbox), "tail", "-n", "5", "--json")) {
                assertThat(tail.exitCode()).as(tail.output()).isZero();
                assertThat(tail.lines())
                        .hasSize(5)
                        .allSatisfy(line -> assertThat(MessageSchema.violations(Fixtures.parse(line)))
                                .isEmpty());
            }
            try (Program tail = Distribution.start(folder, artemis.environment(sandbox), "tail", "-n", "" + count)) {
                assertThat(tail.exitCode()).as(tail.output()).isZero();
                assertThat(tail.lines())
                        .hasSize(count)
                        .allSatisfy(line -> assertThat(line).contains(" conversation.started "));
            }

            List<TextMessage> messages = consume("genesys.conversations.enriched", count);
            Set<String> ids = new HashSet<>();
            for (TextMessage message : messages) {
                assertThat(MessageSchema.violations(Fixtures.parse(message.getText())))
                        .isEmpty();
                ids.add(message.getJMSCorrelationID());
            }
            assertThat(ids).hasSize(count);
            assertThat(run.output()).doesNotContain("ERROR").doesNotContain(ArtemisServer.PASSWORD);
        }
    }

    @Test
    void the_queue_of_poll_requests_is_created_exclusive() throws Exception {
        try (Program run = Distribution.start(folder, artemis.environment(sandbox), "run")) {
            run.line("poll found");
            try (Connection connection = artemis.factory().createConnection()) {
                connection.start();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer second = session.createConsumer(session.createQueue("genesys.poll.requests"));
                for (int i = 0; i < 4; i++) {
                    session.createProducer(session.createQueue("genesys.poll.requests"))
                            .send(session.createTextMessage("not a fire time"));
                }

                assertThat(second.receive(2_000)).isNull();
                run.line("poll request ignored");
            }
        }
    }

    @Test
    void a_wrong_broker_is_reported_by_tail() throws Exception {
        Map<String, String> wrong = artemis.environment(sandbox);
        wrong.put("BROKER_PASSWORD", "wrong");
        try (Program tail = Distribution.start(folder, wrong, "tail", "-n", "1")) {
            assertThat(tail.exitCode()).isEqualTo(1);
            assertThat(tail.output()).contains("AMQ229031", "Check BROKER_USER and BROKER_PASSWORD.");
        }
    }

    private List<TextMessage> consume(String queue, int count) throws Exception {
        List<TextMessage> messages = new ArrayList<>();
        try (Connection connection = artemis.factory().createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (int i = 0; i < count; i++) {
                TextMessage message = (TextMessage) consumer.receive(30_000);
                assertThat(message).as("message " + i).isNotNull();
                messages.add(message);
            }
        }
        return messages;
    }
}
