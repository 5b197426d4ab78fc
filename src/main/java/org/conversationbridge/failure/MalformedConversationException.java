// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import org.jspecify.annotations.Nullable;

/** One conversation of an answer cannot be read. It is parked on the error queue; the others go on. */
public final class MalformedConversationException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String conversationId;

    /**
     * @param conversationId an identifier
     * @param field path of the field that is wrong, for example {@code participants[2].userId}
     * @param problem what is wrong with it, without the value: it may be customer data
     */
    public MalformedConversationException(String conversationId, String field, String problem) {
        this(conversationId, conversationId, field, problem);
    }

    /**
     * A conversation whose id cannot be read.
     *
     * @param fingerprint hash of what does not change of it, which distinguishes such conversations
     */
    public MalformedConversationException(int fingerprint, String field, String problem) {
        this(null, "without an id (fingerprint " + Integer.toHexString(fingerprint) + ")", field, problem);
    }

    private MalformedConversationException(@Nullable String conversationId, String name, String field, String problem) {
        super(
                "CONVERSATION_MALFORMED",
                "Conversation " + name + " cannot be read: field " + field + " " + problem + ".",
                null);
        this.conversationId = conversationId;
    }

    /** The id of the conversation, where it could be read. */
    public @Nullable String conversationId() {
        return conversationId;
    }
}
