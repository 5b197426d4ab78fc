// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.failure.OriginalType;

/** Where a parked message goes: the one decision of a dry run and of a replay. */
sealed interface Destination {
    /** To the page queue, as this page of ours: that which was given up, or one of the one change that failed. */
    record Pages(ChangePage page) implements Destination {}

    /** As it is to the process that polls, which reads the conversation again. */
    record Replays() implements Destination {}

    /** It stays on the error queue, for this reason. */
    record Kept(String reason) implements Destination {}

    /**
     * Where a message goes.
     *
     * @param partitions message groups on the page queue
     */
    static Destination of(ParkedMessage parked, ObjectMapper json, int partitions) {
        String original = parked.original();
        if (original.isEmpty()) {
            return new Kept(parked.problem().orElse("it has no original"));
        }
        try {
            if (parked.is(OriginalType.CONVERSATION)) {
                return ofConversation(json.readTree(original));
            } else if (parked.is(OriginalType.CHANGE)) {
                ConversationChange change = json.readValue(original, ConversationChange.class);
                return change == null
                        ? new Kept("its original is not a change")
                        : ofPage(ChangePage.again(change, partitions));
            } else if (parked.is(OriginalType.PAGE)) {
                ChangePage page = json.readValue(original, ChangePage.class);
                return page == null ? new Kept("its original is not a page") : ofPage(page);
            }
            return new Kept("its originalType is not conversation, change or page");
        } catch (JsonProcessingException e) {
            return new Kept("its original is not a " + parked.originalType() + " that the bridge wrote");
        }
    }

    private static Destination ofConversation(JsonNode original) {
        return original.isMissingNode() ? new Kept("it has no original") : new Replays();
    }

    private static Destination ofPage(ChangePage page) {
        if (page.problem().isPresent()) {
            return new Kept(page.problem().get());
        }
        // What is restated was delivered before, and something newer may have come since.
        return page.isRestated()
                ? new Kept("it is for the current queue, which the next poll repairs")
                : new Pages(page.again());
    }
}
