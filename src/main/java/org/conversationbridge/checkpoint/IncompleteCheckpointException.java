// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.util.Set;
import java.util.stream.Collectors;
import org.conversationbridge.failure.BridgeException;

/**
 * The broker shows only a part of the checkpoint, as it does for a moment after its start. To be read again: a poll
 * that went on would announce again what has been announced.
 */
public final class IncompleteCheckpointException extends BridgeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_NAMED = 3;

    IncompleteCheckpointException(Set<String> missing, int expected) {
        super(
                "CHECKPOINT_INCOMPLETE",
                "The checkpoint has " + (expected - missing.size()) + " of " + expected + " entries; "
                        + missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (missing.size() > MOST_NAMED ? " and others are" : missing.size() > 1 ? " are" : " is")
                        + " missing. It is read again. If they stay missing for a minute, polls continue without them, and"
                        + " their active conversations are announced again.",
                null);
    }
}
