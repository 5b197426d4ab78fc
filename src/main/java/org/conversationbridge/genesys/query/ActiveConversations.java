// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where active conversations are requested. With {@code poll.source=auto} the listing is queried first; once it has
 * proved useless for this token (it needs a user, or is empty while analytics knows open conversations) only analytics
 * is queried until the process ends, and the log says so once.
 */
public final class ActiveConversations {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveConversations.class);

    private final PollSettings settings;
    private final Dialect dialect;
    private final ActiveConversationsApi listing;
    private final ActiveConversationsApi analytics;
    private volatile boolean listingIsUseless;

    /** @param lookBack how far back analytics is queried */
    public ActiveConversations(PollSettings settings, Dialect dialect, LookBack lookBack, Clock clock) {
        this.settings = settings;
        this.dialect = dialect;
        this.listing = dialect == Dialect.TUTORIAL
                ? ConversationsListing.tutorial(
                        clock, settings.pageSize(), settings.mediaTypes().get(0))
                : ConversationsListing.platform(clock, settings.pageSize());
        this.analytics =
                new ActiveDetailsApi(clock, settings.mediaTypes(), settings.lookback(), lookBack, settings.pageSize());
    }

    /** The questions of one poll. */
    public ActiveConversationsWalk poll() {
        boolean auto = settings.source() != PollSource.ANALYTICS && dialect == Dialect.PLATFORM;
        boolean listingOnly = settings.source() == PollSource.CONVERSATIONS || dialect == Dialect.TUTORIAL;
        if (listingOnly) {
            return new ActiveConversationsWalk(listing, null, this);
        }
        return auto && !listingIsUseless
                ? new ActiveConversationsWalk(listing, analytics, this)
                : new ActiveConversationsWalk(analytics, null, this);
    }

    /**
     * Reads a conversation of an earlier poll, whichever API reported it.
     *
     * @return empty when it had ended, or is of a medium not requested
     * @throws MalformedConversationException naming the field that is wrong
     */
    public Optional<Conversation> read(JsonNode entity) {
        ActiveConversationsApi api = entity.hasNonNull("conversationId") ? analytics : listing;
        return Optional.of(api.read(entity)).filter(this::isWanted);
    }

    /** Whether a conversation is active and of a medium to be reported. */
    boolean isWanted(Conversation conversation) {
        return conversation.state() != State.ENDED && isReported(conversation);
    }

    /** Whether a conversation is of a medium to be reported. */
    public boolean isReported(Conversation conversation) {
        return settings.mediaTypes().isEmpty() || settings.mediaTypes().contains(conversation.mediaType());
    }

    void listingIsUseless(String why) {
        if (!listingIsUseless) {
            listingIsUseless = true;
            LOG.info(
                    "poll.source=auto: GET {} {}. From now on the analytics details query is used instead;"
                            + " poll.source=analytics skips this attempt.",
                    ConversationsListing.PATH,
                    why);
        }
    }
}
