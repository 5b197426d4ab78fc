// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.budget.Urgency;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.query.NameLookup;
import org.conversationbridge.names.NameBatch;
import org.conversationbridge.names.NameKind;
import org.conversationbridge.names.Names;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.privacy.Privacy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The steps of look-up-names ({@code names} in the routes). */
public final class NameLookups {
    private static final Logger LOG = LoggerFactory.getLogger(NameLookups.class);

    private final Names names;
    private final WantedNames wanted;
    private final RequestBudget budget;
    private final Privacy privacy;
    private final Duration retryAfter;

    /** @param retryAfter how long a kind of names is left alone for which a permission is missing */
    public NameLookups(Names names, WantedNames wanted, RequestBudget budget, Privacy privacy, Duration retryAfter) {
        this.names = names;
        this.wanted = wanted;
        this.budget = budget;
        this.privacy = privacy;
        this.retryAfter = retryAfter;
    }

    /** What to request; null when nothing is wanted, or others may need what is left of the budget. */
    public @Nullable Asked begin() {
        return budget.hasRoom()
                ? wanted.next().map(batch -> new Asked(new NameLookup(batch))).orElse(null)
                : null;
    }

    /** Names of one kind. If they are not found, messages go on without them. */
    public final class Asked implements Enquiry {
        private final NameLookup lookup;
        private boolean isDone;

        private Asked(NameLookup lookup) {
            this.lookup = lookup;
        }

        @Override
        public boolean hasNext() {
            return !isDone;
        }

        @Override
        public Urgency urgency() {
            return Urgency.NAMES;
        }

        @Override
        public GenesysRequest next() {
            isDone = true;
            return lookup.request();
        }

        /** Keeps what may be handed on of an answer. */
        @Override
        public List<?> accept(JsonNode answer) {
            Map<String, String> found = new HashMap<>();
            lookup.read(answer).forEach((id, name) -> {
                String kept = lookup.batch().kind() == NameKind.USER ? privacy.agentName(name) : name;
                if (kept != null) {
                    found.put(id, kept);
                }
            });
            wanted.heard(lookup.batch());
            names.answered(lookup.settled(answer), found);
            return List.of();
        }

        @Override
        public void failed(Exception failure) {
            NameLookups.this.failed(lookup.batch(), failure);
        }
    }

    private void failed(NameBatch batch, Exception failure) {
        LOG.atLevel(wanted.isNews(batch, name(failure)) ? Level.WARN : Level.DEBUG)
                .log(
                        "name look-up failed kind={}: {} It is retried; messages carry ids only meanwhile. Logged"
                                + " once until it succeeds.",
                        batch.kind().label(),
                        FailureText.sentence(failure));
        if (failure instanceof AccessDeniedException) {
            wanted.denied(batch, retryAfter);
            return;
        }
        if (failure instanceof InvalidRequestException || failure instanceof AnswerTooLargeException) {
            if (wanted.refused(batch)) {
                names.answered(batch, Map.of());
            }
        } else {
            wanted.failed(batch);
        }
    }

    private static String name(Exception failure) {
        return failure instanceof BridgeException named
                ? named.code() + " " + named.httpStatus()
                : failure.getClass().getName();
    }
}
