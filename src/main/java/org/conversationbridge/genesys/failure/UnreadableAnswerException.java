// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** An answer of 200 is JSON but is invalid as a whole. Final for this walk; the next one queries again. */
public final class UnreadableAnswerException extends GenesysException {
    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with which part, without the value: it may be customer data */
    public UnreadableAnswerException(String problem) {
        super("GENESYS_ANSWER_UNREADABLE", 200, "The answer of Genesys Cloud cannot be read: " + problem + ".", null);
    }
}
