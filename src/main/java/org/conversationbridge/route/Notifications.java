// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.genesys.ActiveConversations;
import org.conversationbridge.genesys.Notification;
import org.conversationbridge.notification.Channel;
import org.conversationbridge.notification.Channels;
import org.conversationbridge.notification.Inbox;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.PollSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of hold-channels, receive-notification and announce-notified ({@code notifications} in the routes). Every
 * process is told; the one that polls announces what it was told.
 */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /** Until whoever polls is asked again: another process, or one that waits for the broker, does not take anything. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Channels channels;
    private final ActiveConversations active;
    private final PollSettings settings;
    private final PollLog log;
    private final Privacy privacy;
    private final ObjectMapper json;
    private final Clock clock;
    private final Inbox inbox = new Inbox();
    private volatile Instant askedAt = Instant.MIN;

    public Notifications(
            Channels channels,
            ActiveConversations active,
            PollSettings settings,
            PollLog log,
            Privacy privacy,
            ObjectMapper json,
            Clock clock) {
        this.channels = channels;
        this.active = active;
        this.settings = settings;
        this.log = log;
        this.privacy = privacy;
        this.json = json;
        this.clock = clock;
    }

    /** The channels to be held. */
    public List<Channel> channels() {
        return channels.all();
    }

    /** Takes the answer to a channel's request. */
    public void answered(@Variable("channel") Channel channel, @Body JsonNode answer) {
        channel.accept(answer);
    }

    /** Connects a channel where it is not, and asks it for a sign of life. */
    public void tend(@Variable("channel") Channel channel) {
        channel.tend();
    }

    /** What is to be asked for a channel failed; the polls go on meanwhile. */
    public void failed(
            @Variable("channel") Channel channel, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        channel.failed();
        LOG.warn("notifications unavailable: {} The polls go on.", FailureText.of(failure));
        LOG.debug("notifications unavailable", new WordlessException(failure));
    }

    /** Takes a frame; what it tells of a conversation waits to be announced. */
    public void accept(@Body String frame, @Variable("channel") Channel channel) {
        try {
            Notification notification = Notification.read(json, frame);
            if (notification.isOfConversation()) {
                log.notified();
                Optional.of(privacy.apply(notification.conversation()))
                        .filter(active::isReported)
                        .filter(told -> !inbox.add(told))
                        .ifPresent(told -> channels.lost("more of them wait than are kept"));
            } else if (notification.isClosing()) {
                channel.closing();
            } else if (notification.isUnsubscribed()) {
                channel.unsubscribed();
            }
        } catch (BridgeException e) {
            channels.lost(e.getMessage());
        }
    }

    /** Whether something waits to be announced, and nobody was asked to do it. */
    public boolean isToAsk() {
        return !inbox.isEmpty() && !askedAt.plus(PATIENCE).isAfter(clock.instant());
    }

    /** Whoever polls is asked to announce what waits. */
    public void asked() {
        askedAt = clock.instant();
    }

    /** Whether something waits to be announced. */
    public boolean isNews() {
        return !inbox.isEmpty();
    }

    /** What has changed by what notifications told, in pages. */
    public List<ChangePage> take(@Variable("checkpoint") Checkpoint checkpoint) {
        askedAt = Instant.MIN;
        Instant now = clock.instant();
        List<ConversationChange> changes = inbox.take().stream()
                .flatMap(told -> checkpoint.compareNotified(told, now).stream())
                .toList();
        return ChangePage.pages(ChangePage.NOTIFIED, changes, settings.changesPerPage(), settings.partitions());
    }

    /** A page is on its queue: the transaction is committed. */
    public void announced(@Variable("page") ChangePage page) {
        log.announced(page.changes().size());
    }

    /** What was taken could not be announced: the next poll finds it. */
    public void lost(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Exception failure) {
        askedAt = clock.instant();
        channels.lost(failure == null ? null : FailureText.of(failure));
    }

    /**
     * Whether a poll that is due can be left out: channels tell of everything that happens, and a good poll since they
     * do is not longer ago than {@code notifications.poll-interval}.
     */
    public boolean isPollSpared() {
        return channels.isCovered(log.lastGoodBegin());
    }
}
