// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.notification;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.query.ActiveConversations;
import org.conversationbridge.genesys.reading.Notification;
import org.conversationbridge.notification.Channel;
import org.conversationbridge.notification.Channels;
import org.conversationbridge.notification.Inbox;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.PollSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of hold-channels, tend-channel, receive-notification and announce-notified ({@code notifications} in the
 * routes). Every process gets all notifications; the one that polls announces them. The others drop them, and request
 * their turn from time to time.
 */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /**
     * Until the next request to the polling process: another process, or one that waits for the broker, does not take
     * anything.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Channels channels;
    private final ActiveConversations active;
    private final PollSettings settings;
    private final PollLog log;
    private final Privacy privacy;
    private final ObjectMapper json;
    private final Clock clock;
    private final Clock steady;
    private final Predicate<Checkpoint> isOurs;
    private final Inbox inbox;
    private volatile Instant askedAt = Instant.MIN;
    private volatile Instant takenOverAt = Instant.EPOCH;

    /**
     * @param isOurs whether this process was the last one to poll
     * @param clock of Genesys Cloud
     * @param steady one that is never set, for how long no answer comes
     */
    public Notifications(
            Channels channels,
            ActiveConversations active,
            PollSettings settings,
            PollLog log,
            Privacy privacy,
            ObjectMapper json,
            Predicate<Checkpoint> isOurs,
            Clock clock,
            Clock steady) {
        this.channels = channels;
        this.active = active;
        this.settings = settings;
        this.log = log;
        this.privacy = privacy;
        this.json = json;
        this.isOurs = isOurs;
        this.inbox = new Inbox(steady);
        this.clock = clock;
        this.steady = steady;
    }

    /** The channels to be held. */
    public List<Channel> channels() {
        return channels.all();
    }

    /** Connects a channel if it is not, and sends it a ping. */
    public void tend(@Variable("channel") Channel channel) {
        channel.tend();
    }

    /** A channel failed; the polls go on meanwhile. */
    public void failed(
            @Variable("channel") Channel channel, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        channel.failed(failure);
    }

    /** Takes a frame; what it reports about a conversation waits to be announced. */
    public void accept(@Body String frame, @Variable("channel") Channel channel) {
        try {
            Notification notification = Notification.read(json, frame);
            if (notification.isOfConversation()) {
                log.notified();
                Optional.of(privacy.apply(notification.conversation()))
                        .filter(active::isReported)
                        .filter(told -> !inbox.add(new Inbox.Notified(told, clock.instant())))
                        .ifPresent(told -> channels.lost("too many notifications are waiting"));
            } else if (notification.isClosing()) {
                channel.closing();
            } else if (notification.isUnsubscribed()) {
                channel.unsubscribed();
            }
        } catch (BridgeException e) {
            channels.lost(FailureText.of(e));
        }
    }

    /** Whether something waits to be announced, or would if this process polled, and no request for that is on its way. */
    public boolean isToAsk() {
        return !(inbox.isOpen() && inbox.isEmpty()) && !askedAt.plus(PATIENCE).isAfter(steady.instant());
    }

    /** A request to announce what waits has been sent. */
    public void asked() {
        askedAt = steady.instant();
    }

    /** Whether something waits to be announced. */
    public boolean isNews() {
        return !inbox.isEmpty();
    }

    /** Whether what comes is announced here, as far as this process knows without asking. */
    public boolean isAnnouncer() {
        return inbox.isOpen();
    }

    /** Whether a poll is the first one after another process, or an earlier life of this one, polled. */
    public boolean isTakeOver(@Variable("checkpoint") Checkpoint checkpoint) {
        return !inbox.isOpen() || !isOurs.test(checkpoint);
    }

    /**
     * From now on this process announces what comes. What came before is dropped: the other process has announced it,
     * or the poll that begins finds it.
     */
    public void tookOver(@Variable("checkpoint") Checkpoint checkpoint) {
        inbox.open();
        takenOverAt = clock.instant();
        if (checkpoint.lastGoodPoll().isPresent()) {
            log.tookOver();
        }
    }

    /**
     * What has changed by what notifications reported, in pages. None if another process has polled meanwhile: what
     * waits here is dropped, and the next request is followed by a poll.
     */
    public List<ChangePage> take(@Variable("checkpoint") Checkpoint checkpoint) {
        if (!isOurs.test(checkpoint)) {
            inbox.close();
            return List.of();
        }
        askedAt = Instant.MIN;
        checkpoint.correctTimes(clock.instant());
        List<ConversationChange> changes = inbox.take().stream()
                .flatMap(told -> checkpoint.compareNotified(told.conversation(), told.receivedAt()).stream())
                .toList();
        return ChangePage.pages(ChangePage.NOTIFIED, changes, settings.changesPerPage(), settings.partitions());
    }

    /** What was taken could not be announced: the next poll finds it. */
    public void lost(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        askedAt = steady.instant();
        channels.lost(FailureText.of(failure));
    }

    /**
     * Whether a poll that is due can be left out: channels report everything that happens, and a good poll since they
     * do is not longer ago than {@code notifications.poll-interval}. After a take-over there are two: one at once, and
     * one when the answers of Genesys Cloud no longer lag behind what was dropped.
     */
    public boolean isPollSpared() {
        Instant settled = takenOverAt.plus(Announced.LAG);
        Instant since = clock.instant().isBefore(settled) ? takenOverAt : settled;
        return inbox.isOpen() && channels.isCovered(log.lastGoodBegin().filter(begin -> !begin.isBefore(since)));
    }
}
