// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.genesys.ConfirmationLookup;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.EndingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of confirm-ended ({@code endings} in the routes). */
public final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final EndingSettings settings;
    private final Dialect dialect;
    private final Privacy privacy;
    private final Clock clock;

    public Endings(EndingSettings settings, Dialect dialect, Privacy privacy, Clock clock) {
        this.settings = settings;
        this.dialect = dialect;
        this.privacy = privacy;
        this.clock = clock;
    }

    /** Begins to ask for what the poll did not find and for completions that are due. */
    public ConfirmationLookup begin(@Variable("checkpoint") Checkpoint checkpoint) {
        List<String> wanted = checkpoint.wanted(clock.instant());
        return dialect == Dialect.TUTORIAL
                ? ConfirmationLookup.ofUnknown(wanted)
                : ConfirmationLookup.of(wanted, settings.idsPerRequest());
    }

    /** Takes an answer. */
    public void accept(@Variable("lookup") ConfirmationLookup lookup, @Body JsonNode answer) {
        lookup.accept(answer);
    }

    /** The next poll asks again; what was found is announced, and the poll goes on. */
    public void failed(
            @Variable("lookup") ConfirmationLookup lookup,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        lookup.stop();
        LOG.warn("ends and completions not confirmed: {} The next poll asks again.", FailureText.of(failure));
        LOG.debug("ends and completions not confirmed", new WordlessException(failure));
    }

    /** The changes to announce. */
    public List<ConversationChange> changes(
            @Variable("checkpoint") Checkpoint checkpoint, @Variable("lookup") ConfirmationLookup lookup) {
        Instant now = clock.instant();
        List<ConversationChange> changes = new ArrayList<>();
        lookup.found()
                .forEach(found -> checkpoint
                        .confirm(privacy.apply(found.conversation()), found.completion(), now)
                        .ifPresent(changes::add));
        lookup.unknown().forEach(id -> checkpoint.confirmUnknown(id, now).ifPresent(changes::add));
        return changes;
    }
}
