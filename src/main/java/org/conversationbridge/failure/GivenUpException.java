// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

/** A message failed again and again for a reason in itself, and is put aside so that the others go on. */
public final class GivenUpException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param attempts that failed
     * @param reason of the last one, a sentence
     */
    public GivenUpException(int attempts, String reason) {
        super("MESSAGE_GIVEN_UP", "It failed " + attempts + " times. The last time: " + reason, null);
    }
}
