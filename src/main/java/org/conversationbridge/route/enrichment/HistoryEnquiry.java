// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.budget.Urgency;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.query.HistoryWalk;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.HistoryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The look-up of histories, whose failure is noted, so that not every conversation of the agents causes a query.
 *
 * @param histories the cache, which may forget a history at any time
 * @param given what is known for the agents of this look-up, by user id: what the cache had, and what was found
 */
public record HistoryEnquiry(HistoryWalk lookup, AgentHistories histories, Map<String, AgentHistory> given)
        implements Enquiry {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryEnquiry.class);

    @Override
    public boolean hasNext() {
        return lookup.hasNext();
    }

    @Override
    public GenesysRequest next() {
        return lookup.next();
    }

    @Override
    public List<?> accept(JsonNode answer) {
        lookup.accept(answer);
        return List.of();
    }

    @Override
    public void failed(Exception failure) throws Exception {
        if (lookup.repeat(failure) || lookup.askDifferently(failure)) {
            return;
        }
        Exception named = failure instanceof CallNotPermittedException
                ? new HistoryUnavailableException("analytics failed repeatedly; requests to it are paused.")
                : failure;
        Set<String> userIds = lookup.userIds();
        if (userIds.size() == 1 && userIds.stream().allMatch(histories::isAlone)) {
            userIds.forEach(userId -> histories.refused(userId, named));
        } else if (failure instanceof AccessDeniedException) {
            histories.denied(userIds, named);
        } else {
            histories.unavailable(userIds, named);
        }
        LOG.warn("history agents={} unavailable: {}", userIds.size(), FailureText.of(named));
        throw named;
    }

    @Override
    public boolean isForHistories() {
        return true;
    }

    @Override
    public Urgency urgency() {
        return Urgency.HISTORY;
    }
}
