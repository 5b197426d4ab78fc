// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.failure.UserContextRequiredException;
import org.jspecify.annotations.Nullable;

/** One poll: request by request, page by page, each active conversation once. Used by one thread. */
public final class ActiveConversationsWalk implements Enquiry {
    private final ActiveConversations origin;
    private final @Nullable ActiveConversationsApi fallback;
    private final Set<String> seen = new HashSet<>();
    private ActiveConversationsApi api;
    private PageWalk walk;
    private boolean found;
    private boolean readsAgain = true;
    private BooleanSupplier isTimeWrong = () -> false;

    /** @param fallback used if {@code api} is of no use for this token */
    ActiveConversationsWalk(
            ActiveConversationsApi api, @Nullable ActiveConversationsApi fallback, ActiveConversations origin) {
        this.api = api;
        this.fallback = fallback;
        this.origin = origin;
        this.walk = api.walk();
        walk.readAgainWhereShort(readsAgain);
    }

    /**
     * If fewer conversations are read than the answers state, their pages are not read once more: an earlier poll
     * did that and found no more.
     */
    public void readOnce() {
        readsAgain = false;
        walk.readAgainWhereShort(false);
    }

    /**
     * Discards an answer, and queries all of it once more, if the answer shows that the time at Genesys Cloud differs
     * from that which was queried, as after a suspension of this machine.
     *
     * @param isWrong whether the last answer shows that; called once for each answer, and true a few times at most
     */
    public void beginAgainWhere(BooleanSupplier isWrong) {
        isTimeWrong = isWrong;
    }

    /**
     * Why this poll may not have read every active conversation; empty if nothing says so. What it did not find is
     * not over because of that.
     */
    public Optional<String> shortfall() {
        return walk.shortfall();
    }

    @Override
    public boolean hasNext() {
        return walk.hasNext();
    }

    @Override
    public GenesysRequest next() {
        return api.request(walk);
    }

    /** Takes the answer to the last request and gives its conversations, unread. */
    @Override
    public List<JsonNode> accept(JsonNode answer) {
        if (isTimeWrong.getAsBoolean()) {
            beginAgain();
            return List.of();
        }
        List<JsonNode> entities = api.accept(walk, answer);
        found |= !entities.isEmpty();
        if (!walk.hasNext() && !found && fallback != null && api != fallback) {
            moveTo(fallback);
        } else if (found && api == fallback) {
            origin.listingIsUseless("is empty although conversations are active (the token has no user)");
        }
        return entities;
    }

    /** If querying in another way does not help, the poll ends. */
    @Override
    public void failed(Exception failure) throws Exception {
        if (!askDifferently(failure)) {
            throw failure;
        }
    }

    /**
     * Queries in another way from now on, if that can help: analytics where the listing needs a user, shorter
     * intervals, smaller pages, no page size where the listing refuses one.
     *
     * @return false if the failure stands
     */
    public boolean askDifferently(Throwable failure) {
        if (failure instanceof UserContextRequiredException && fallback != null && api != fallback) {
            origin.listingIsUseless("answers 'requires a user context'");
            moveTo(fallback);
            return true;
        }
        return api.askDifferently(walk, failure)
                || failure instanceof InvalidRequestException refusal
                        && refusal.httpStatus() == 400
                        && api.askMorePlainly(walk);
    }

    /**
     * Reads one conversation.
     *
     * @return empty when it has ended, is of a medium not requested, or was read in this poll already (pages shift
     *     while they are read)
     * @throws MalformedConversationException naming the field that is wrong
     */
    public Optional<Conversation> read(JsonNode entity) {
        Conversation conversation = api.read(entity);
        return Optional.of(conversation).filter(origin::isWanted).filter(c -> seen.add(c.conversationId()));
    }

    private void beginAgain() {
        seen.clear();
        found = false;
        moveTo(api);
    }

    private void moveTo(ActiveConversationsApi next) {
        api = next;
        walk = next.walk();
        walk.readAgainWhereShort(readsAgain);
    }
}
