// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationWithoutAttributes;
import com.mypurecloud.sdk.v2.model.ConversationEventTopicConversation;
import com.mypurecloud.sdk.v2.model.QueueConversationEventTopicConversation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.bridge.Vendor;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.sandbox.AnalyticsView;
import org.conversationbridge.sandbox.ConversationView;
import org.conversationbridge.sandbox.EventView;
import org.conversationbridge.sandbox.world.Plan;
import org.conversationbridge.sandbox.world.Span;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.settings.DeliverySettings;
import org.conversationbridge.story.Administrator;
import org.conversationbridge.story.Defect;
import org.conversationbridge.story.Plans;
import org.jspecify.annotations.Nullable;

/**
 * A conversation is the same whether the details query, the listing, a notification or the completed record reports it.
 * What is right comes from the story, of which all four are written.
 */
class FourSourcesTest {
    private static final ObjectMapper JSON = Json.mapper();
    private static final String SEED = "20261128";
    private static final int CONVERSATIONS = 2_000;

    private final MessageComposer composer = new MessageComposer(
            new DeliverySettings(Map.of(), Fixtures.CLOUD_EVENTS, Duration.ofSeconds(30)),
            10,
            TestNames.off(Clock.systemUTC()),
            Clock.systemUTC());

    @Provide
    Arbitrary<Plan> plans() {
        return Plans.of();
    }

    @Property(tries = CONVERSATIONS, seed = SEED, shrinking = ShrinkingMode.FULL)
    void messages_say_what_happens_whatever_the_source(@ForAll("plans") Plan plan) {
        Story story = Plans.story(plan);
        List<String> differences = new ArrayList<>();

        story.turns().filter(at -> !at.isBefore(story.start())).forEach(at -> {
            Set<String> standings = new TreeSet<>();
            sources(story, at).forEach((source, conversation) -> {
                JsonNode message = message(conversation, at, null);
                differences.addAll(
                        new Administrator(story, at, source).looksAt(message).differences());
                standings.add(Stream.of("/state", "/agent/userId", "/queue/id", "/mediaType", "/auxiliaryMedia")
                        .map(field -> message.at(field).toString())
                        .toList()
                        .toString());
            });
            if (standings.size() > 1) {
                differences.add("the sources disagree at " + at + ": " + standings);
            }
        });

        assertThat(differences).isEmpty();
    }

    @Property(tries = CONVERSATIONS, seed = SEED, shrinking = ShrinkingMode.FULL)
    void completion_and_history_say_what_everybody_did(@ForAll("plans") Plan plan) {
        Story story = Plans.story(plan);

        for (Span life : story.lives()) {
            Instant at = life.to();
            ConversationDetails details = details(story, at);
            JsonNode message = message(details.conversation(), at, details.completion());

            assertThat(MessageSchema.violations(message)).isEmpty();
            assertThat(new Administrator(story, at, "completion")
                            .looksAtCompletion(message.path("completion"), at.equals(story.end()))
                            .differences())
                    .isEmpty();
            assertThat(new Administrator(story, at, "history")
                            .looksAtHistory(parts(details))
                            .differences())
                    .isEmpty();
            assertAlike(details);
        }
    }

    @Property(tries = 500, seed = SEED)
    void whatever_is_missing_or_odd_the_message_is_valid(
            @ForAll("plans") Plan plan, @ForAll("defects") List<Defect> defects, @ForAll @IntRange(max = 99) int when) {
        Story story = Plans.story(plan);
        List<Instant> turns = story.turns().toList();
        Instant at = turns.get(when * turns.size() / 100);
        ObjectNode details = odd(new AnalyticsView(story, at, Duration.ZERO).json(), defects);

        assertValid(() -> {
            ConversationDetails read = ConversationDetails.read(details);
            assertAlike(read);
            read.completion()
                    .agents()
                    .forEach(work -> assertThat(work.handleMs()).isGreaterThanOrEqualTo(work.talkMs()));
            return message(read.conversation(), at, read.completion());
        });
        assertValid(() ->
                message(ConversationReader.read(odd(new ConversationView(story, at).json(), defects)), at, null));
        assertValid(() ->
                message(ConversationReader.readEvent(odd(new EventView(story, at).json(), defects)), at, null));
    }

    @Property(tries = 150, seed = SEED)
    void the_vendors_models_read_every_layout(@ForAll("plans") Plan plan, @ForAll @IntRange(max = 99) int when) {
        Story story = Plans.story(plan);
        List<Instant> turns = story.turns().toList();
        Instant at = turns.get(when * turns.size() / 100);

        Vendor.assertReads(
                new AnalyticsView(story, at, Duration.ZERO).json().toString(),
                AnalyticsConversationWithoutAttributes.class);
        Vendor.assertReads(
                new ConversationView(story, at).json().toString(), com.mypurecloud.sdk.v2.model.Conversation.class);
        String event = new EventView(story, at).json().toString();
        Vendor.assertReads(event, QueueConversationEventTopicConversation.class);
        Vendor.assertReads(event, ConversationEventTopicConversation.class);
    }

    @Property(tries = 300, seed = SEED, shrinking = ShrinkingMode.FULL)
    void every_life_is_ended_once_and_no_id_is_used_twice(@ForAll("plans") Plan plan) {
        Story story = Plans.story(plan);
        Map<String, Entry> remembered = new TreeMap<>();
        List<ConversationChange> told = new ArrayList<>();

        polls(story).forEach(at -> {
            Checkpoint checkpoint = remembered.isEmpty()
                    ? Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED)
                    : Checkpoint.of(List.copyOf(remembered.values()), Fixtures.ENDING, Fixtures.REMEMBERED);
            ConversationDetails details = details(story, at);
            List<ConversationChange> changes = story.isLive(at)
                    ? checkpoint.compare(details.conversation(), at).stream().toList()
                    : checkpoint.wanted(at).stream()
                            .flatMap(
                                    id -> checkpoint.confirm(details.conversation(), details.completion(), at).stream())
                            .toList();
            told.addAll(changes);
            Stream.concat(
                            checkpoint.announce(new ChangePage("poll", 0, changes)).stream(),
                            checkpoint.conclude(at).stream())
                    .forEach(entry -> remembered.put(entry.key(), entry));
        });

        assertThat(told).extracting(ConversationChange::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(told)
                .extracting(change -> composer.compose(change, AgentHistory.none(change.observedAt()))
                        .messageId())
                .doesNotHaveDuplicates();
        assertThat(told).extracting(ConversationChange::eventType).startsWith("conversation.started");
        assertThat(told)
                .filteredOn(change -> change.eventType().equals("conversation.started"))
                .hasSize(1);
        assertThat(told)
                .filteredOn(change -> change.eventType().equals("conversation.ended"))
                .extracting(change -> change.conversation().endedAt())
                .isEqualTo(story.lives().stream().map(Span::to).toList());
        assertThat(told).extracting(ConversationChange::eventType).endsWith("conversation.completed");
    }

    /** Whenever something changes, and some time after the end. */
    private static Stream<Instant> polls(Story story) {
        Stream<Instant> later = Stream.of(1, 11, 21).map(minutes -> story.end().plus(Duration.ofMinutes(minutes)));
        return Stream.concat(
                Stream.of(story.start()), Stream.concat(story.turns().filter(at -> at.isAfter(story.start())), later));
    }

    private static ConversationDetails details(Story story, Instant at) {
        return ConversationDetails.read(new AnalyticsView(story, at, Duration.ZERO).json());
    }

    @Provide
    Arbitrary<List<Defect>> defects() {
        return Combinators.combine(
                        Arbitraries.of(Defect.Kind.class),
                        Arbitraries.of(Defect.FIELDS),
                        Arbitraries.integers().between(1, 3))
                .as(Defect::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static ObjectNode odd(ObjectNode document, List<Defect> defects) {
        ObjectNode odd = document;
        for (Defect defect : defects) {
            odd = defect.in(odd);
        }
        return odd;
    }

    /** A document that cannot be read is refused with the field that is wrong; it is parked. */
    private static void assertValid(Supplier<JsonNode> reading) {
        JsonNode message;
        try {
            message = reading.get();
        } catch (MalformedConversationException e) {
            assertThat(e).hasMessageContainingAll("participants");
            return;
        }
        assertThat(MessageSchema.violations(message)).isEmpty();
        assertThat(StreamSupport.stream(message.path("agents").spliterator(), false)
                        .filter(agent -> agent.path("role").asText().equals("primary")))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** The same people took part, and did the same. */
    private static void assertAlike(ConversationDetails details) {
        if (details.conversation().state() != State.ENDED) {
            return;
        }
        Map<String, List<Object>> completion = new TreeMap<>();
        details.completion()
                .agents()
                .forEach(work -> completion.put(
                        work.userId(),
                        Arrays.asList(
                                work.talkMs(),
                                work.heldMs(),
                                work.acwMs(),
                                work.handleMs(),
                                work.waitMs(),
                                work.queueId())));
        Map<String, List<Object>> history = new TreeMap<>();
        details.parts()
                .forEach((user, part) -> history.put(
                        user,
                        Arrays.asList(
                                part.talkMs(),
                                part.heldMs(),
                                part.acwMs(),
                                part.handleMs(),
                                part.waitMs(),
                                part.queueId())));
        assertThat(history).isEqualTo(completion);
    }

    private static Map<String, JsonNode> parts(ConversationDetails details) {
        Map<String, JsonNode> parts = new TreeMap<>();
        details.parts().forEach((user, part) -> parts.put(user, JSON.valueToTree(part)));
        return parts;
    }

    static Map<String, Conversation> sources(Story story, Instant at) {
        Map<String, Conversation> sources = new LinkedHashMap<>();
        sources.put("details", AnalyticsConversationReader.read(new AnalyticsView(story, at, Duration.ZERO).json()));
        sources.put("listing", ConversationReader.read(new ConversationView(story, at).json()));
        // A notification reports no end: where everybody has left, it is over.
        if (!story.at(at).state().equals("disconnected")) {
            sources.put("event", ConversationReader.readEvent(new EventView(story, at).json()));
        }
        return sources;
    }

    JsonNode message(Conversation conversation, Instant at, @Nullable Completion completion) {
        ConversationChange change = new ConversationChange(
                completion == null ? "conversation.updated" : "conversation.completed",
                2,
                at,
                Observed.LIVE,
                conversation,
                false,
                completion);
        return JSON.valueToTree(composer.compose(change, AgentHistory.none(at)));
    }
}
