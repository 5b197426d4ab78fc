// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.conversationbridge.failure.MalformedConversationException;

/**
 * Asks analytics for conversations by their ids, many at once, whenever they began: {@code GET
 * /api/v2/analytics/conversations/details?id=...&id=...}. Used by one thread.
 */
public final class ConfirmationLookup {
    static final String PATH = "/api/v2/analytics/conversations/details";

    private static final String OPERATION = "conversations by id";

    private final Deque<List<String>> parts = new ArrayDeque<>();
    private final List<ConversationDetails> found = new ArrayList<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> answered = new HashSet<>();

    private ConfirmationLookup() {}

    /**
     * @param told what analytics has told already, of these and of others: it is found, and not asked for
     * @param idsPerRequest conversations asked for together
     */
    public static ConfirmationLookup of(
            Collection<String> wanted, Collection<ConversationDetails> told, int idsPerRequest) {
        ConfirmationLookup lookup = new ConfirmationLookup();
        Set<String> left = new LinkedHashSet<>(wanted);
        told.stream().filter(each -> lookup.answered.add(each.conversationId())).forEach(lookup.found::add);
        left.removeAll(lookup.answered);
        List<String> ids = List.copyOf(left);
        for (int i = 0; i < ids.size(); i += idsPerRequest) {
            lookup.parts.add(List.copyOf(ids.subList(i, Math.min(i + idsPerRequest, ids.size()))));
        }
        return lookup;
    }

    /** One that asks nothing and knows none of the conversations: the tutorial dialect has no such request. */
    public static ConfirmationLookup ofUnknown(List<String> ids) {
        ConfirmationLookup lookup = new ConfirmationLookup();
        lookup.unknown.addAll(ids);
        return lookup;
    }

    /** Whether there is something left to ask. */
    public boolean hasNext() {
        return !parts.isEmpty();
    }

    /** The next request. */
    public GenesysRequest next() {
        return GenesysRequest.get(
                OPERATION,
                PATH,
                parts.element().stream()
                        .map(id -> "id=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /**
     * Takes the answer to the last request.
     *
     * @return the conversations that cannot be read; they count as unknown
     */
    public List<MalformedConversationException> accept(JsonNode answer) {
        List<MalformedConversationException> unreadable = new ArrayList<>();
        List<JsonNode> conversations = ActiveConversationsApi.elements(answer, "conversations");
        Set<String> asked = new LinkedHashSet<>(parts.remove());
        answered.addAll(asked);
        for (JsonNode conversation : conversations) {
            try {
                ConversationDetails read = ConversationDetails.read(conversation);
                if (asked.remove(read.conversationId())) {
                    found.add(read);
                }
            } catch (MalformedConversationException e) {
                unreadable.add(e);
            }
        }
        unknown.addAll(asked);
        return unreadable;
    }

    /** Whether it was asked for, and answered. */
    public boolean isAnswered(String id) {
        return answered.contains(id);
    }

    /** Nothing more is asked; who was not asked for is neither found nor unknown. */
    public void stop() {
        parts.clear();
    }

    /** What was asked for and is known. */
    public List<ConversationDetails> found() {
        return List.copyOf(found);
    }

    /** What was asked for and is not known. */
    public Set<String> unknown() {
        return Set.copyOf(unknown);
    }
}
