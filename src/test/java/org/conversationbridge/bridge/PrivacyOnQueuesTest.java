// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.TextMessage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.fault.MalformsConversation;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is to be dropped is on none of the queues: pages, results, parked changes, parked originals. */
class PrivacyOnQueuesTest {
    private static final String ADDRESS = "tel:+15555559876";
    private static final String CONTACT = "canary-contact";
    private static final String NAME = "Canary Agent";
    private static final String UNLISTED = "canary-attribute";
    private static final String LISTED = "gold";
    private static final Map<String, String> DROP = Map.of(
            "privacy.customer.address", "drop",
            "privacy.customer.external-contact-id", "drop",
            "privacy.agent.name", "drop",
            "privacy.attributes", "tier",
            "privacy.original", "drop");

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path dataDir;

    @Test
    void what_is_dropped_is_on_no_queue() throws Exception {
        List<String> found = collect(DROP);

        assertThat(found).hasSizeGreaterThan(12);
        assertThat(found).allSatisfy(text -> assertThat(text).doesNotContain(ADDRESS, "9876", CONTACT, NAME, UNLISTED));
        assertThat(found).anySatisfy(text -> assertThat(text).contains("\"attributes\":{\"tier\":\"gold\"}"));
    }

    @Test
    void what_is_kept_is_there_but_for_attributes_that_are_not_listed() throws Exception {
        List<String> found = collect(Map.of());

        assertThat(found)
                .anySatisfy(text -> assertThat(text).contains(ADDRESS))
                .anySatisfy(text -> assertThat(text).contains(CONTACT))
                .anySatisfy(text -> assertThat(text).contains(NAME))
                .allSatisfy(text -> assertThat(text).doesNotContain(UNLISTED, LISTED));
    }

    /** Every text that reaches a queue: results, then what is parked, then pages that nobody takes. */
    private List<String> collect(Map<String, String> privacy) throws Exception {
        List<TextMessage> messages = new ArrayList<>();
        try (TestBridge test = bridge(privacy)) {
            test.sandbox().add(new Personal());
            test.sandbox().add(new MalformsConversation());
            test.sandbox().add(new LacksPermission(1_000));
            test.start();
            await().until(() -> {
                var figures = test.bridge().polls().figures();
                return figures.changed() > 0 && figures.delivered() + figures.parked() == 12;
            });
            int parked = test.depth(test.settings().queues().error());
            assertThat(parked).isGreaterThan(1);
            List<TextMessage> results = test.results(12 - parked);
            assertThat(results)
                    .allSatisfy(result ->
                            assertThat(MessageSchema.violations(json(result))).isEmpty());
            messages.addAll(results);
            messages.addAll(test.receive(test.settings().queues().error(), parked));

            test.bridge().context().getRouteController().stopRoute("enrich-page");
            clock.advance(Duration.ofSeconds(40));
            test.poll();
            messages.addAll(test.receive(test.settings().queues().pages(), 1));
        }
        List<String> texts = new ArrayList<>();
        for (TextMessage message : messages) {
            texts.add(message.getText() + java.util.Collections.list(message.getPropertyNames()));
        }
        return texts;
    }

    private TestBridge bridge(Map<String, String> privacy) throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        SandboxSettings listing = new SandboxSettings(
                WorldSettings.SMALL,
                defaults.clientId(),
                defaults.clientSecret(),
                defaults.tokenLife(),
                0,
                true,
                false);
        Map<String, String> settings = new HashMap<>(privacy);
        settings.put("history.on-unavailable", "park");
        settings.put("poll.source", "conversations");
        return TestBridge.of(TestBridge.sandbox(listing, clock), dataDir, settings, clock);
    }

    /** Gives every participant of the listing data that can be found again. */
    private static final class Personal implements Fault {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
            SandboxAnswer answer = normal.get();
            if (answer.status() != 200 || !request.path().endsWith("/conversations")) {
                return answer;
            }
            try {
                JsonNode body = JSON.readTree(answer.body());
                body.path("entities")
                        .forEach(entity -> entity.path("participants").forEach(Personal::mark));
                return answer.with(200, body.toString());
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void mark(JsonNode participant) {
            ObjectNode person = (ObjectNode) participant;
            boolean customer = person.path("purpose").asText().equals("customer");
            person.put("name", customer ? "Customer" : NAME);
            if (customer) {
                person.put("address", ADDRESS).put("externalContactId", CONTACT);
                person.putObject("attributes").put("tier", LISTED).put("pin", UNLISTED);
            }
        }
    }
}
