// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import org.conversationbridge.failure.BridgeException;

/** A newer version of the bridge wrote the checkpoint: read as if it were an older one, it would be misunderstood. */
public final class UnknownCheckpointFormatException extends BridgeException {
    private static final long serialVersionUID = 1L;

    UnknownCheckpointFormatException(int format, int newest) {
        super(
                "CHECKPOINT_FORMAT_UNKNOWN",
                "The checkpoint has format " + format + ", this version knows those up to " + newest + ": a newer"
                        + " version has written it. Upgrade this process, or, to go on with this version, stop every"
                        + " bridge and delete the queue of checkpoint.queue; every active conversation is then"
                        + " announced anew.",
                null);
    }
}
