// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;

/** Changes something in every conversation of the answers: a field is missing, null, a number, a list, another text. */
public final class MisshapesConversations extends ConversationsFault {
    private final Mutation mutation;

    /** @param seed the same seed makes the same changes in the same answers */
    public MisshapesConversations(long seed) {
        this.mutation = new Mutation(new Random(seed));
    }

    @Override
    synchronized void spoil(JsonNode conversation) {
        mutation.anything(conversation);
    }
}
