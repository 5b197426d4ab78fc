// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.quoted;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.conversationbridge.genesys.failure.Refusals;
import org.junit.jupiter.api.Test;

/** Batches of ids of which some are refused: every other id is answered, in a number of requests that is bounded. */
class RefusedIdsTest {
    private static final int BATCH = 50;
    /** From a batch to one id, each time the half. */
    private static final int HALVINGS = 6;

    private int requests;

    @Test
    void two_of_a_batch_are_set_apart_and_all_others_are_answered() {
        ConfirmationWalk lookup = ask(BATCH, Map.of("c3", 400, "c40", 400));

        assertThat(lookup.malformed()).containsExactlyInAnyOrder("c3", "c40");
        assertAnswered(lookup, BATCH);
        assertThat(requests).isLessThanOrEqualTo(1 + 2 * 2 * HALVINGS);
    }

    @Test
    void two_neighbours_cost_no_more() {
        ConfirmationWalk lookup = ask(BATCH, Map.of("c10", 400, "c11", 404));

        assertThat(lookup.malformed()).containsExactly("c10");
        assertThat(lookup.isRefused("c11")).isTrue();
        assertAnswered(lookup, BATCH);
        assertThat(requests).isLessThanOrEqualTo(1 + 2 * 2 * HALVINGS);
    }

    @Test
    void one_that_is_not_known_is_unknown_and_not_malformed() {
        ConfirmationWalk lookup = ask(BATCH, Map.of("c7", 404));

        assertThat(lookup.malformed()).isEmpty();
        assertThat(lookup.unknown()).hasSize(BATCH);
        assertAnswered(lookup, BATCH);
        assertThat(requests).isLessThanOrEqualTo(1 + 2 * HALVINGS);
    }

    @Test
    void a_batch_of_which_all_are_refused_costs_two_requests_for_each() {
        ConfirmationWalk lookup = ask(BATCH, every(BATCH, 400));

        assertThat(lookup.malformed()).hasSize(BATCH);
        assertThat(requests).isEqualTo(2 * BATCH - 1);
    }

    @Test
    void a_request_that_is_too_large_is_halved_until_it_is_not() {
        ConfirmationWalk lookup = ConfirmationWalk.of(ids(BATCH), List.of(), id -> false, BATCH);
        while (lookup.hasNext()) {
            requests++;
            if (asked(lookup).size() > 10) {
                assertThat(lookup.askDifferently(Refusals.of(lookup.next(), 413)))
                        .isTrue();
            } else {
                lookup.accept(quoted("{'conversations':[]}"));
            }
        }

        assertAnswered(lookup, BATCH);
        assertThat(requests).isEqualTo(15);
        assertThat(lookup.malformed()).isEmpty();
    }

    @Test
    void if_very_many_are_refused_the_next_look_ups_continue_with_the_rest() {
        int many = 1_000;
        Map<String, Integer> refused = every(many, 400);
        Set<String> left = new HashSet<>(ids(many));
        Set<String> apart = new HashSet<>();
        int lookUps = 0;
        while (!left.isEmpty()) {
            requests = 0;
            ConfirmationWalk lookup = ConfirmationWalk.of(left, List.of(), apart::contains, BATCH);
            answer(lookup, refused);
            assertThat(requests).isLessThanOrEqualTo(101);
            assertThat(lookup.malformed()).as("progress").isNotEmpty();
            left.removeAll(lookup.malformed());
            lookUps++;
        }
        assertThat(lookUps).isLessThanOrEqualTo(2 * many / 100 + 1);
    }

    private ConfirmationWalk ask(int ids, Map<String, Integer> refused) {
        ConfirmationWalk lookup = ConfirmationWalk.of(ids(ids), List.of(), id -> false, BATCH);
        answer(lookup, refused);
        return lookup;
    }

    private void answer(ConfirmationWalk lookup, Map<String, Integer> refused) {
        while (lookup.hasNext()) {
            requests++;
            Set<Integer> statuses = asked(lookup).stream()
                    .filter(refused::containsKey)
                    .map(refused::get)
                    .collect(Collectors.toSet());
            if (statuses.isEmpty()) {
                lookup.accept(quoted("{'conversations':[]}"));
            } else if (!lookup.askDifferently(
                    Refusals.of(lookup.next(), statuses.iterator().next()))) {
                lookup.stop();
            }
        }
    }

    private static void assertAnswered(ConfirmationWalk lookup, int ids) {
        assertThat(ids(ids)).allMatch(lookup::isAnswered);
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    private static Map<String, Integer> every(int count, int status) {
        return ids(count).stream().collect(Collectors.toMap(id -> id, id -> status));
    }

    private static List<String> asked(ConfirmationWalk lookup) {
        return Arrays.stream(lookup.next().query().split("&"))
                .map(pair -> pair.substring("id=".length()))
                .toList();
    }
}
