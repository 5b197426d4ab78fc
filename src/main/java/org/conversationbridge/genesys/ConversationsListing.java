// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.conversationbridge.conversation.Conversation;

/**
 * {@code GET /api/v2/conversations}: the active conversations of the logged-in user. It takes no paging parameters, but
 * its answer counts pages; where there is more than one, they are asked for by number. The links of the answer
 * ({@code nextUri}) are not followed: the token goes to no host that an answer names.
 */
final class ConversationsListing extends ActiveConversationsApi {
    static final String PATH = "/api/v2/conversations";

    private final Clock clock;
    private final int pageSize;
    private final String fixedQuery;
    private final Function<JsonNode, Conversation> reader;

    /** The listing of the Platform API. */
    static ConversationsListing platform(Clock clock, int pageSize) {
        return new ConversationsListing(clock, pageSize, "", ConversationReader::read);
    }

    /** The listing as the tutorial asks for it: {@code type=voice&pageSize=100}. */
    static ConversationsListing tutorial(Clock clock, int pageSize, String mediaType) {
        return new ConversationsListing(
                clock,
                pageSize,
                "type=" + URLEncoder.encode(mediaType, StandardCharsets.UTF_8) + "&pageSize=" + pageSize,
                entity -> TutorialConversationReader.read(entity, mediaType));
    }

    private ConversationsListing(
            Clock clock, int pageSize, String fixedQuery, Function<JsonNode, Conversation> reader) {
        this.clock = clock;
        this.pageSize = pageSize;
        this.fixedQuery = fixedQuery;
        this.reader = reader;
    }

    @Override
    PageWalk walk() {
        Interval thisMoment = Interval.before(clock.instant(), Duration.ofMillis(1));
        return new PageWalk(List.of(new PageWalk.Part(thisMoment, List.of())), pageSize);
    }

    @Override
    boolean hasPageSize() {
        return false;
    }

    @Override
    GenesysRequest request(PageWalk walk) {
        String paging = fixedQuery.isEmpty() ? "pageSize=" + walk.pageSize() : fixedQuery;
        String query = walk.pageNumber() == 1 ? fixedQuery : paging + "&pageNumber=" + walk.pageNumber();
        return GenesysRequest.get(OPERATION, PATH, query);
    }

    @Override
    List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> entities = elements(answer, "entities");
        boolean last = entities.isEmpty()
                || walk.pageNumber() >= answer.path("pageCount").asInt(1);
        walk.advance(last);
        return entities;
    }

    @Override
    Conversation read(JsonNode entity) {
        return reader.apply(entity);
    }
}
