// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MovableClock;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.genesys.query.ConfirmationWalk;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Poll after poll that does not find what was announced. */
class EndingsTest {
    private static final Duration POLL = Duration.ofSeconds(15);

    private final MovableClock clock = new MovableClock();
    private final Settings settings =
            new SettingsReader(Map.of()).read(Path.of("config"), ShippedRoutes.placeholders(), Map.of());
    private final Endings endings =
            new Endings(Fixtures.ENDING, Dialect.PLATFORM, new Privacy(settings.privacy()), clock, clock);
    private final Map<String, Entry> queue = new HashMap<>();
    /** What analytics knows, by id. */
    private final Map<String, ObjectNode> known = new HashMap<>();

    private final List<ConversationChange> changes = new ArrayList<>();
    private int requests;

    @Test
    void what_is_unknown_is_stale_in_time_although_requested_less_and_less_often() {
        announced("a");

        polls(Duration.ofHours(1));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.isStale()).isTrue();
            assertThat(change.observedAt()).isEqualTo(Instant.parse("2026-11-20T10:10:00Z"));
        });
        assertThat(requests).isBetween(15, 25);
    }

    @Test
    void what_goes_on_unseen_is_requested_less_and_less_often_and_is_not_stale() {
        announced("a");
        known.put("a", open("a"));

        polls(Duration.ofHours(1));
        int inFirstHour = requests;
        polls(Duration.ofHours(1));

        assertThat(changes).hasSizeLessThanOrEqualTo(1).noneMatch(ConversationChange::isStale);
        assertThat(inFirstHour).isBetween(15, 25);
        assertThat(requests - inFirstHour).isBetween(11, 13);
    }

    @Test
    void the_end_of_what_went_on_unseen_is_noticed_within_five_minutes() {
        announced("a");
        known.put("a", open("a"));
        polls(Duration.ofHours(1));
        changes.clear();

        known.put("a", json("genesys/analytics-finished.json").put("conversationId", "a"));
        polls(Duration.ofMinutes(5));

        assertThat(changes).extracting(ConversationChange::eventType).first().isEqualTo("conversation.ended");
    }

    @Test
    void what_has_just_gone_is_requested_at_every_poll() {
        announced("a");
        known.put("a", open("a"));

        polls(POLL.multipliedBy(3));

        assertThat(requests).isEqualTo(3);
    }

    @Test
    @Tag("soak")
    void five_hundred_that_go_on_unseen_cost_a_few_requests_a_minute() {
        IntStream.range(0, 500).forEach(i -> {
            announced("c" + i);
            known.put("c" + i, open("c" + i));
        });
        polls(Duration.ofMinutes(30));
        requests = 0;

        polls(Duration.ofMinutes(30));

        System.out.println("beyond the look-back: 500 conversations, requests by id in 30 minutes: " + requests);
        assertThat(requests).isLessThanOrEqualTo(30 * 2 + 10);
    }

    private void announced(String id) {
        Checkpoint checkpoint = checkpoint();
        write(checkpoint.announce(new ChangePage("poll", 0, List.of(Changes.queued(id, clock.instant())))));
        write(checkpoint.conclude(clock.instant()));
    }

    private void polls(Duration length) {
        for (Instant end = clock.instant().plus(length); clock.instant().isBefore(end); clock.advance(POLL)) {
            poll();
        }
    }

    private void poll() {
        Checkpoint checkpoint = checkpoint();
        DueCorrections corrections = new DueCorrections();
        ConfirmationWalk lookup = endings.begin(checkpoint, null, null, corrections);
        while (lookup.hasNext()) {
            requests++;
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            Arrays.stream(lookup.next().query().split("&"))
                    .map(parameter -> parameter.replace("id=", ""))
                    .filter(known::containsKey)
                    .forEach(id -> answer.withArray("conversations").add(known.get(id)));
            endings.noteUnreadable(lookup.accept(answer));
        }
        List<ConversationChange> found = endings.changes(checkpoint, lookup, corrections);
        changes.addAll(found);
        write(checkpoint.announce(new ChangePage("poll", 0, found)));
        write(checkpoint.conclude(clock.instant()));
    }

    private Checkpoint checkpoint() {
        return queue.isEmpty()
                ? Checkpoint.first(Fixtures.ENDING, Duration.ofDays(1))
                : Checkpoint.of(List.copyOf(queue.values()), Fixtures.ENDING, Duration.ofDays(1));
    }

    private void write(List<Entry> entries) {
        entries.forEach(entry -> queue.put(entry.key(), entry));
    }

    private static ObjectNode open(String id) {
        ObjectNode open = json("genesys/analytics-finished.json").put("conversationId", id);
        open.remove("conversationEnd");
        return open;
    }
}
