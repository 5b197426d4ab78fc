// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import org.conversationbridge.failure.BridgeException;

/**
 * The broker shows only a part of the checkpoint, as it does for a moment after its start. To be read again: a poll that
 * went on would announce anew what has been announced.
 */
public final class IncompleteCheckpointException extends BridgeException {
    private static final long serialVersionUID = 1L;

    IncompleteCheckpointException(int read, int expected) {
        super(
                "CHECKPOINT_INCOMPLETE",
                "The checkpoint has " + read + " of " + expected + " entries. It is read again. Should that not end,"
                        + " somebody has removed messages from it: stop the bridge and delete its queue; every active"
                        + " conversation is then announced anew.",
                null);
    }
}
