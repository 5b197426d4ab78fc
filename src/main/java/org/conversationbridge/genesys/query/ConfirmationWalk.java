// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.conversationbridge.budget.Urgency;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries conversations by their ids from analytics, many at once, whenever they began: {@code GET
 * /api/v2/analytics/conversations/details?id=...&id=...}. The answer to ids that analytics does not know has not them,
 * or is 404 as a whole; then the others are requested without them. Used by one thread.
 */
public final class ConfirmationWalk implements Enquiry {
    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationWalk.class);

    static final String PATH = "/api/v2/analytics/conversations/details";

    private static final int BAD_REQUEST = 400;
    /**
     * Answers to a question that can be answered for fewer ids: not known, or the request is too large in either way.
     */
    private static final Set<Integer> OF_SOME = Set.of(BAD_REQUEST, 404, 413, 414);

    /** Refusals in one look-up after which the rest is left to the next one: one unknown id of 100 costs seven. */
    private static final int MOST_REFUSALS = 100;

    private static final String OPERATION = "conversations by id";

    private final Deque<List<String>> parts = new ArrayDeque<>();
    private final List<ConversationDetails> found = new ArrayList<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> malformed = new HashSet<>();
    private int refusals;

    private ConfirmationWalk() {}

    /**
     * @param told what analytics has reported already, of these and of others: it is found, and not requested
     * @param isAlone whether a conversation is to be requested without others
     * @param idsPerRequest conversations requested together
     */
    public static ConfirmationWalk of(
            Collection<String> wanted,
            Collection<ConversationDetails> told,
            Predicate<String> isAlone,
            int idsPerRequest) {
        ConfirmationWalk lookup = new ConfirmationWalk();
        Set<String> left = new LinkedHashSet<>(wanted);
        told.stream().filter(each -> lookup.answered.add(each.conversationId())).forEach(lookup.found::add);
        left.removeAll(lookup.answered);
        List<String> ids = left.stream().filter(isAlone.negate()).toList();
        for (int i = 0; i < ids.size(); i += idsPerRequest) {
            lookup.parts.add(List.copyOf(ids.subList(i, Math.min(i + idsPerRequest, ids.size()))));
        }
        left.stream().filter(isAlone).forEach(id -> lookup.parts.add(List.of(id)));
        return lookup;
    }

    /** One that queries nothing and knows none of the conversations: the tutorial dialect has no such request. */
    public static ConfirmationWalk ofUnknown(List<String> ids) {
        ConfirmationWalk lookup = new ConfirmationWalk();
        lookup.unknown.addAll(ids);
        return lookup;
    }

    @Override
    public boolean hasNext() {
        return !parts.isEmpty();
    }

    @Override
    public Urgency urgency() {
        return Urgency.ENDED;
    }

    @Override
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
    @Override
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

    /**
     * Goes on after a failure where that can help: some of those requested together are not known, or the request or
     * the answer is too large. Then the halves are requested; a conversation that is refused alone is treated as
     * unknown.
     *
     * @return false if the failure stands
     */
    public boolean askDifferently(Throwable failure) {
        boolean helps = failure instanceof AnswerTooLargeException
                || failure instanceof InvalidRequestException refusal && OF_SOME.contains(refusal.httpStatus());
        if (!helps || ++refusals > MOST_REFUSALS) {
            return false;
        }
        List<String> asked = parts.remove();
        if (asked.size() == 1) {
            answered.addAll(asked);
            unknown.addAll(asked);
            refused.addAll(asked);
            if (failure instanceof InvalidRequestException refusal && refusal.httpStatus() == BAD_REQUEST) {
                malformed.addAll(asked);
            }
        } else {
            parts.addFirst(asked.subList(asked.size() / 2, asked.size()));
            parts.addFirst(asked.subList(0, asked.size() / 2));
        }
        return true;
    }

    /**
     * If querying in another way does not help, the rest is left to the next poll; what was found is announced, and
     * the poll goes on.
     */
    @Override
    public void failed(Exception failure) {
        if (!askDifferently(failure)) {
            stop();
            LOG.warn(
                    "ends and completions not confirmed: {} The next poll tries again.", FailureText.sentence(failure));
            LOG.debug("ends and completions not confirmed", new WordlessException(failure));
        }
    }

    /** These are not requested this time, and are not known, as when they were requested last. */
    public void stillUnknown(Collection<String> ids) {
        unknown.addAll(ids);
    }

    /** Whether a question for it alone was refused. */
    public boolean isRefused(String id) {
        return refused.contains(id);
    }

    /** Those of which Genesys Cloud says that their ids are none: a question for one of them alone was answered 400. */
    public Set<String> malformed() {
        return Set.copyOf(malformed);
    }

    /** Whether it was requested, and answered. */
    public boolean isAnswered(String id) {
        return answered.contains(id);
    }

    /** Nothing more is requested; what was not requested is neither found nor unknown. */
    public void stop() {
        parts.clear();
    }

    /** What was requested and is known. */
    public List<ConversationDetails> found() {
        return List.copyOf(found);
    }

    /** What was requested and is not known. */
    public Set<String> unknown() {
        return Set.copyOf(unknown);
    }
}
