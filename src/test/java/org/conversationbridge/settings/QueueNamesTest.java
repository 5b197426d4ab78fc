// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A queue for each purpose, by a name that is the same everywhere: otherwise nothing is started. */
class QueueNamesTest {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("poll.request-queue", "genesys.poll.requests"),
            Map.entry("poll.replay-queue", "genesys.poll.replays"),
            Map.entry("page.queue", "genesys.conversations.pages"),
            Map.entry("checkpoint.queue", "genesys.poll.checkpoint"),
            Map.entry("checkpoint.lease-queue", "genesys.poll.lease"),
            Map.entry("deliver.queue", "genesys.conversations.enriched"),
            Map.entry("current.queue", "genesys.conversations.current"),
            Map.entry("events.queue", "genesys.bridge.events"),
            Map.entry("completed.corrections-queue", "genesys.poll.corrections"),
            Map.entry("history.missing-queue", "genesys.poll.missing-histories"),
            Map.entry("error.queue", "genesys.conversations.error"));

    @Test
    void every_pair_of_one_name_is_refused_with_both_keys() {
        for (String one : DEFAULTS.keySet()) {
            for (String other : DEFAULTS.keySet()) {
                if (!one.equals(other)) {
                    assertThatThrownBy(() -> read(Map.of(one, DEFAULTS.get(other))))
                            .isInstanceOf(SettingsException.class)
                            .hasMessageContainingAll(one, other, DEFAULTS.get(other), "a queue of its own");
                }
            }
        }
    }

    @Test
    void the_dead_letters_of_a_queue_are_no_queue_for_anything_else() {
        for (String one : DEFAULTS.keySet()) {
            for (String other : DEFAULTS.keySet()) {
                if (!one.equals(other)) {
                    assertThatThrownBy(() -> read(Map.of(one, "DLQ." + DEFAULTS.get(other))))
                            .isInstanceOf(SettingsException.class)
                            .hasMessageContainingAll(one, other, "dead letters");
                }
            }
        }
    }

    @Test
    void two_mistakes_are_both_named() {
        assertThatThrownBy(() -> read(Map.of("error.queue", "a?b", "page.queue", "genesys.poll.requests")))
                .hasMessageContainingAll("error.queue: 'a?b'", "page.queue: 'genesys.poll.requests'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a%20b",
                "a?b=c",
                "a b",
                "a#",
                "#",
                "*",
                "a.*",
                "a::b",
                "queue:a",
                "topic://a",
                "queue://a",
                "{{a}}",
                "${a}",
                "RAW(a)",
                "a&b",
                "a,b",
                "a;b",
                "a>",
                "a\\b",
                "a\u0001b",
                ".a",
                "a.",
                "/a",
                "a'b",
                "a\"b",
                "activemq.management",
                "jms.queue.a",
                "jms.topic.a",
                "queue:x",
                "a::b",
                "activemq.notifications",
                "a|b",
                "a+b",
                "a=b",
                "a@b",
                "a\nb"
            })
    void a_name_that_means_something_else_somewhere_is_refused(String name) {
        for (String key : DEFAULTS.keySet()) {
            assertThatThrownBy(() -> read(Map.of(key, name)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContainingAll(key, "is not a queue name");
        }
    }

    @Test
    void one_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> read(Map.of("deliver.queue", "a".repeat(201))))
                .hasMessageContaining("at most 200 in all");
    }

    @Test
    void usual_names_are_taken() {
        for (String name : List.of("a", "calls", "org-1/calls_2", "Gespräche.neu", "会話", "DLQ.mine", "a".repeat(200))) {
            assertThat(read(Map.of("deliver.queue", name)).enriched()).isEqualTo(name);
        }
    }

    private static QueueSettings read(Map<String, String> given) {
        return new SettingsReader(Map.of())
                .read(Path.of("config"), Set.of(), given)
                .queues();
    }
}
