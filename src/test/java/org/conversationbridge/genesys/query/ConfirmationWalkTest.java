// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.GenesysUnavailableException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationWalkTest {
    private static final Predicate<String> TOGETHER = id -> false;

    private final List<List<String>> requests = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'conversations':null}", "{'conversations':[]}"})
    void an_answer_without_conversations_says_that_none_is_known(String answer) {
        ConfirmationWalk lookup = lookup(List.of("a", "b"));

        lookup.accept(quoted(answer));

        assertThat(lookup.hasNext()).isFalse();
        assertThat(lookup.unknown()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void an_answer_with_fewer_says_that_the_others_are_not_known() {
        ConfirmationWalk lookup = play(lookup(List.of("a", "b", "c")), Set.of("a", "c"), 0);

        assertThat(requests).hasSize(1);
        assertThat(found(lookup)).containsExactlyInAnyOrder("a", "c");
        assertThat(lookup.unknown()).containsExactly("b");
        assertThat(lookup.isRefused("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void one_that_makes_the_whole_refused_is_set_apart_and_the_others_are_settled(int status) {
        List<String> ids = ids(50);
        Set<String> known = Set.copyOf(ids.subList(1, 50));

        ConfirmationWalk lookup = play(lookup(ids), known, status);

        assertThat(found(lookup)).containsExactlyInAnyOrderElementsOf(known);
        assertThat(lookup.unknown()).containsExactly(ids.get(0));
        assertThat(lookup.isRefused(ids.get(0))).isTrue();
        assertThat(ids).allMatch(lookup::isAnswered);
        assertThat(requests).hasSizeLessThanOrEqualTo(2 * 6 + 1);
    }

    @Test
    void several_that_are_refused_are_set_apart() {
        List<String> ids = ids(120);
        Set<String> unknown = Set.of(ids.get(3), ids.get(4), ids.get(77), ids.get(119));
        List<String> known = new ArrayList<>(ids);
        known.removeAll(unknown);

        ConfirmationWalk lookup = play(lookup(ids), Set.copyOf(known), 404);

        assertThat(found(lookup)).containsExactlyInAnyOrderElementsOf(known);
        assertThat(lookup.unknown()).isEqualTo(unknown);
    }

    @Test
    void a_server_that_knows_none_is_not_asked_forever() {
        ConfirmationWalk lookup = lookup(ids(500));

        int refusals = 0;
        while (lookup.hasNext() && lookup.askDifferently(new InvalidRequestException(404, ""))) {
            refusals++;
        }

        assertThat(refusals).isEqualTo(100);
        assertThat(lookup.unknown()).isNotEmpty();
    }

    @Test
    void an_answer_that_is_too_large_is_requested_in_halves() {
        ConfirmationWalk lookup = lookup(List.of("a", "b"));

        assertThat(lookup.askDifferently(new AnswerTooLargeException(413, ""))).isTrue();

        assertThat(lookup.next().query()).isEqualTo("id=a");
    }

    @Test
    void other_failures_stand() {
        ConfirmationWalk lookup = lookup(List.of("a", "b"));

        assertThat(lookup.askDifferently(new AccessDeniedException(403, ""))).isFalse();
        assertThat(lookup.askDifferently(new InvalidRequestException(302, ""))).isFalse();
        assertThat(lookup.askDifferently(new GenesysUnavailableException(503, "", null)))
                .isFalse();
        assertThat(lookup.next().query()).isEqualTo("id=a&id=b");
    }

    @Test
    void one_that_was_refused_before_is_requested_alone() {
        ConfirmationWalk lookup = ConfirmationWalk.of(List.of("a", "b", "c"), List.of(), Set.of("b")::contains, 50);

        play(lookup, Set.of("a", "c"), 404);

        assertThat(requests).containsExactly(List.of("a", "c"), List.of("b"));
    }

    private static ConfirmationWalk lookup(List<String> ids) {
        return ConfirmationWalk.of(ids, List.of(), TOGETHER, 50);
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj("c%03d"::formatted).toList();
    }

    private static List<String> found(ConfirmationWalk lookup) {
        return lookup.found().stream().map(ConversationDetails::conversationId).toList();
    }

    /**
     * @param refusal status of the answer to a question that names one that is not known; 0 = the others are answered
     */
    private ConfirmationWalk play(ConfirmationWalk lookup, Set<String> known, int refusal) {
        while (lookup.hasNext()) {
            List<String> asked = Arrays.stream(lookup.next().query().split("&"))
                    .map(parameter -> parameter.replace("id=", ""))
                    .toList();
            requests.add(asked);
            if (refusal != 0 && !known.containsAll(asked)) {
                assertThat(lookup.askDifferently(new InvalidRequestException(refusal, "")))
                        .isTrue();
            } else {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                asked.stream()
                        .filter(known::contains)
                        .forEach(id -> answer.withArray("conversations")
                                .add(json("genesys/analytics-finished.json").put("conversationId", id)));
                assertThat(lookup.accept(answer)).isEmpty();
            }
        }
        return lookup;
    }
}
