// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;

/** Writes a hostile text into one text of every conversation of the answers; ids stay different ones. */
public final class WritesHostileText extends ConversationsFault {
    private final Mutation mutation;
    private int written;

    /** @param seed the same seed writes the same texts into the same places of the same answers */
    public WritesHostileText(long seed) {
        this.mutation = new Mutation(new Random(seed));
    }

    @Override
    synchronized void spoil(JsonNode conversation) {
        written++;
        mutation.text(conversation, Integer.toString(written));
    }
}
