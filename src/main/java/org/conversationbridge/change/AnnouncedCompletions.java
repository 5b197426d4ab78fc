// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The completions of a page, which wait on a queue until they are looked at once more.
 *
 * @param announcedAt when Genesys Cloud reported them
 */
public record AnnouncedCompletions(Instant announcedAt, List<AnnouncedCompletion> completions) {

    public AnnouncedCompletions {
        completions = List.copyOf(completions);
    }

    /** Whether it has all that one of ours has: any client that may send to the queue may have written it. */
    @JsonIgnore
    public boolean isWhole() {
        return announcedAt != null
                && KeptTimes.areOurs(announcedAt)
                && completions.stream()
                        .allMatch(told -> told.conversationId() != null
                                && told.fingerprint() != null
                                && Sequences.isOne(told.sequence()));
    }

    /** Those of a page; empty if there are none. A correction is the last word. */
    public static Optional<AnnouncedCompletions> of(ChangePage page) {
        List<AnnouncedCompletion> completions = page.changes().stream()
                .flatMap(change -> Optional.ofNullable(change.completion())
                        .filter(completion -> !completion.isCorrection())
                        .map(completion -> AnnouncedCompletion.of(change, completion))
                        .stream())
                .toList();
        return completions.isEmpty()
                ? Optional.empty()
                : Optional.of(new AnnouncedCompletions(page.changes().get(0).observedAt(), completions));
    }
}
