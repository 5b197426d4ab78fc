// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Standing;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.route.delivery.CurrentOutcomes;
import org.conversationbridge.route.delivery.CurrentOutcomes.Outcome;

/**
 * What to do about a conversation that readers of the current queue do not see as it was announced.
 *
 * <ul>
 *   <li>The routes left it out here: nothing, until it changes. An earlier state of it leaves the queue.
 *   <li>It was there, so that the queue has lost it: it is restated at once.
 *   <li>No message could be made of it, or another process delivered it: it is restated, less and less often. It may
 *       have been left out; but if the queue has lost others, it may be lost as well.
 * </ul>
 *
 * <p>Used by one thread.
 */
final class CurrentRepairs {
    /** What was lost is restated at once, but not for ever: a route may write it in a form not recognised here. */
    static final int MOST_IN_A_ROW = 5;
    /** So often it is restated before an earlier state of it leaves, where it is unknown why it does not come. */
    static final int ENOUGH = 3;

    private final CurrentOutcomes outcomes;
    private final LongSupplier nanos;
    private final Restatements restatements = new Restatements();

    /** @param nanos of a clock that is never set */
    CurrentRepairs(CurrentOutcomes outcomes, LongSupplier nanos) {
        this.outcomes = outcomes;
        this.nanos = nanos;
    }

    /**
     * @param restated what readers see of each conversation that is to be written again
     * @param leaving conversations whose messages are to leave
     */
    record Plan(Map<String, Standing> restated, List<String> leaving) {}

    /** Those of the live conversations that must be there. */
    Map<String, Long> expected(Map<String, Long> live, Checkpoint checkpoint) {
        Map<String, Long> expected = new HashMap<>(live);
        expected.keySet().removeIf(id -> isLeftOut(id, checkpoint) || isWaiting(id, checkpoint));
        return expected;
    }

    /** What to do after a look at all of the queue. */
    Plan plan(Standings all, Checkpoint checkpoint) {
        Map<String, Standing> differing = all.differing();
        all.asAnnounced().forEach(outcomes::seen);
        outcomes.retain(id -> differing.containsKey(id) || all.isSeen(id));
        restatements.retain(differing::containsKey);
        List<String> leaving =
                all.outdated().stream().filter(id -> hasToLeave(id, checkpoint)).toList();
        boolean hasLost = differing.keySet().stream().anyMatch(id -> isLost(id, checkpoint));
        differing.keySet().removeIf(id -> !isToRestate(id, hasLost, checkpoint));
        return new Plan(differing, leaving);
    }

    /** They are on their way to the queue once more. */
    void restated(Collection<ConversationChange> changes) {
        for (ConversationChange change : changes) {
            String id = change.conversation().conversationId();
            restatements.restated(id, change.sequence(), nanos.getAsLong());
            outcomes.forget(id);
        }
    }

    /** It is unknown whether they are. */
    void interrupted() {
        restatements.clear();
    }

    /** How many of the live conversations the routes left out in this process. */
    long leftOut(Map<String, Long> live, Checkpoint checkpoint) {
        return live.keySet().stream().filter(id -> isLeftOut(id, checkpoint)).count();
    }

    /**
     * How many of the live conversations were restated twice or more and are still not there, while nothing is known of
     * what became of them: their page was parked, or another process delivered it.
     */
    long unexplained(Map<String, Long> live, Checkpoint checkpoint) {
        return live.keySet().stream()
                .filter(id -> isUnexplained(id, checkpoint, 2))
                .count();
    }

    private boolean isLeftOut(String id, Checkpoint checkpoint) {
        return outcomes.of(id, checkpoint).equals(Optional.of(Outcome.LEFT_OUT));
    }

    private boolean isLost(String id, Checkpoint checkpoint) {
        return outcomes.of(id, checkpoint).equals(Optional.of(Outcome.THERE))
                && restatements.times(id, checkpoint) < MOST_IN_A_ROW;
    }

    private boolean isWaiting(String id, Checkpoint checkpoint) {
        return restatements.isWaiting(id, checkpoint, nanos.getAsLong()) && !isLost(id, checkpoint);
    }

    private boolean isUnexplained(String id, Checkpoint checkpoint, int times) {
        return outcomes.of(id, checkpoint).isEmpty() && restatements.times(id, checkpoint) >= times;
    }

    private boolean isToRestate(String id, boolean hasLost, Checkpoint checkpoint) {
        boolean mayBeLost = hasLost && outcomes.of(id, checkpoint).isEmpty();
        return mayBeLost || !isLeftOut(id, checkpoint) && !isWaiting(id, checkpoint);
    }

    private boolean hasToLeave(String id, Checkpoint checkpoint) {
        return isLeftOut(id, checkpoint) || isUnexplained(id, checkpoint, ENOUGH);
    }
}
