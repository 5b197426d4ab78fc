// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import org.conversationbridge.failure.BridgeException;

/** A newer version of the bridge wrote the checkpoint: read as if it were an older one, it would be misunderstood. */
public final class UnknownCheckpointFormatException extends BridgeException {
    private static final long serialVersionUID = 1L;

    UnknownCheckpointFormatException(int format, int newest) {
        super(
                "CHECKPOINT_FORMAT_UNKNOWN",
                "The checkpoint has format " + format + ", this version supports formats up to " + newest
                        + ": it was written by a newer version. Upgrade this process, or, to keep"
                        + " this version, stop every bridge and delete the queue of checkpoint.queue; every active"
                        + " conversation is then announced again.",
                null);
    }
}
