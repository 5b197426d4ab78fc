// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.conversationbridge.chaos.Verdict.Kind;
import org.conversationbridge.chaos.Verdict.Violation;
import org.conversationbridge.judge.Doubles;
import org.conversationbridge.judge.Told;
import org.conversationbridge.sandbox.world.Truth.Standing;

/**
 * Judges what arrived, when the contact centre stands still and a good poll has passed:
 *
 * <ol type="a">
 *   <li>the sequences of each conversation are 1..n, each once, in order; after it was forgotten they are times;
 *   <li>the last message of every live conversation equals the truth;
 *   <li>whoever was on the pages of a whole good poll was announced;
 *   <li>what the checkpoint says was announced has arrived. It must know every live conversation, or it would say
 *       nothing;
 *   <li>nothing is a double: see {@link Doubles};
 *   <li>no conversation that is over was last reported as one that goes on: it would be a ghost.
 * </ol>
 *
 * A gap in the sequences is treated as lost, a violation of b, c or d as well.
 *
 * @param messages of the result queue, in its order
 * @param truth of every live conversation
 * @param seen conversations on the pages of a whole good poll, each with that poll
 * @param checkpoint the last sequence announced of each conversation
 * @param doubles knows what happened
 */
record Oracle(
        List<Told> messages,
        Map<String, Standing> truth,
        Map<String, String> seen,
        Map<String, Long> checkpoint,
        Doubles doubles) {

    /** Sequences above are times: of conversations that were forgotten, and came back. */
    private static final long TIMES = 1_000_000_000_000L;

    Verdict judge() {
        List<Violation> violations = new ArrayList<>();
        Map<String, List<Told>> arrived = messages.stream()
                .collect(Collectors.groupingBy(Told::conversationId, TreeMap::new, Collectors.toList()));
        arrived.forEach((id, list) -> sequences(id, list, violations));
        truth.forEach((id, standing) -> last(id, standing, arrived.getOrDefault(id, List.of()), violations));
        arrived.forEach((id, list) -> ghost(id, list.get(list.size() - 1), violations));
        seen.forEach((id, witness) -> {
            if (!arrived.containsKey(id) && !truth.containsKey(id)) {
                violations.add(new Violation(Kind.LOST, id, "c: never announced; " + witness));
            }
        });
        checkpoint.forEach((id, sequence) -> checkpoint(id, sequence, arrived.getOrDefault(id, List.of()), violations));
        doubles.among(messages)
                .forEach(found ->
                        violations.add(new Violation(Kind.DOUBLED, found.conversationId(), "e: " + found.why())));
        return new Verdict(violations);
    }

    private static void sequences(String id, List<Told> arrived, List<Violation> violations) {
        Set<Long> before = new HashSet<>();
        long highest = 0;
        for (Told message : arrived) {
            long sequence = message.sequence();
            if (!before.add(sequence)) {
                violations.add(new Violation(Kind.DUPLICATE, id, "a: #" + sequence + " again"));
            } else if (sequence <= highest || sequence < 1) {
                violations.add(new Violation(Kind.OUT_OF_ORDER, id, "a: #" + sequence + " after #" + highest));
            }
            highest = Math.max(highest, sequence);
        }
        long last =
                before.stream().filter(each -> each < TIMES).max(Long::compare).orElse(0L);
        for (long sequence = 1; sequence < last; sequence++) {
            if (!before.contains(sequence)) {
                violations.add(new Violation(Kind.LOST, id, "a: no #" + sequence + ", but #" + last));
            }
        }
    }

    private void last(String id, Standing standing, List<Told> arrived, List<Violation> violations) {
        Standing told =
                arrived.isEmpty() ? null : arrived.get(arrived.size() - 1).standing();
        if (!standing.equals(told)) {
            violations.add(new Violation(Kind.LOST, id, "b: last told " + told + ", true is " + standing));
        }
        if (!checkpoint.containsKey(id)) {
            violations.add(new Violation(Kind.LOST, id, "d: live, and the checkpoint does not know it"));
        }
    }

    private void ghost(String id, Told last, List<Violation> violations) {
        if (doubles.knows(id) && !truth.containsKey(id) && !last.isEnd() && !last.isStale()) {
            violations.add(new Violation(Kind.GHOST, id, "f: it is over, last told " + last));
        }
    }

    private static void checkpoint(String id, long sequence, List<Told> arrived, List<Violation> violations) {
        long highest = arrived.stream().mapToLong(Told::sequence).max().orElse(0);
        if (highest < sequence) {
            violations.add(
                    new Violation(Kind.LOST, id, "d: announced up to #" + sequence + ", arrived up to #" + highest));
        }
    }
}
