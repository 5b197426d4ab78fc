// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.reading.ConversationReader;
import org.conversationbridge.genesys.reading.TutorialConversationReader;

/**
 * {@code GET /api/v2/conversations}: the active conversations of the logged-in user. Its description has no paging
 * parameters, but its answer has page numbers; so every page is requested with one size, the first one too, and by
 * number from the second one on. A server that ignores the size is read in its own; one that refuses it is asked
 * without. The links of the answer ({@code nextUri}) are not followed: the token goes to no host that an answer names.
 */
final class ConversationsListing extends ActiveConversationsApi {
    static final String PATH = "/api/v2/conversations";

    private final Clock clock;
    private final LargestPage largest;
    private final String filter;
    private final Function<JsonNode, Conversation> reader;
    private volatile boolean refusesSize;

    /** The listing of the Platform API. */
    static ConversationsListing platform(Clock clock, int pageSize) {
        return new ConversationsListing(clock, pageSize, "", ConversationReader::read);
    }

    /** The listing as the tutorial requests it: {@code type=voice&pageSize=100}. */
    static ConversationsListing tutorial(Clock clock, int pageSize, String mediaType) {
        return new ConversationsListing(
                clock,
                pageSize,
                "type=" + URLEncoder.encode(mediaType, StandardCharsets.UTF_8),
                entity -> TutorialConversationReader.read(entity, mediaType));
    }

    private ConversationsListing(Clock clock, int pageSize, String filter, Function<JsonNode, Conversation> reader) {
        this.clock = clock;
        this.largest = new LargestPage(pageSize, clock);
        this.filter = filter;
        this.reader = reader;
    }

    @Override
    PageWalk walk() {
        Interval thisMoment = Interval.before(clock.instant(), Duration.ofMillis(1));
        List<PageWalk.Part> parts = List.of(new PageWalk.Part(thisMoment, List.of()));
        return refusesSize ? new PageWalk(parts, 0) : new PageWalk(parts, largest, new StatedTotals());
    }

    @Override
    GenesysRequest request(PageWalk walk) {
        String size = walk.pageSize() == 0 ? "" : "pageSize=" + walk.pageSize();
        String number = walk.pageNumber() == 1 ? "" : "pageNumber=" + walk.pageNumber();
        return GenesysRequest.get(
                OPERATION,
                PATH,
                Stream.of(filter, size, number)
                        .filter(parameter -> !parameter.isEmpty())
                        .collect(Collectors.joining("&")));
    }

    @Override
    List<JsonNode> accept(PageWalk walk, JsonNode answer) {
        List<JsonNode> entities = elements(answer, "entities");
        refusesSize |= walk.pageSize() == 0;
        walk.advance(Page.ofListing(entities, answer));
        return entities;
    }

    /** Without a page size; later polls leave it out as well, once that is answered. */
    @Override
    boolean askMorePlainly(PageWalk walk) {
        return walk.askWithoutSize();
    }

    @Override
    Conversation read(JsonNode entity) {
        return reader.apply(entity);
    }
}
