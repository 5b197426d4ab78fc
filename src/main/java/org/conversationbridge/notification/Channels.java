// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.settings.NotificationSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All channels together, and whether they leave anything to the polls. Notifications are never sent again: what happens
 * while one channel is not connected, or is lost on the way, only a poll can find.
 */
public final class Channels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private static final Duration SAID_AGAIN = Duration.ofMinutes(1);

    private final List<Channel> all = new ArrayList<>();
    private final Duration pollInterval;
    private final Clock clock;
    private final AtomicReference<Instant> lostAt = new AtomicReference<>(Instant.MIN);

    public Channels(NotificationSettings settings, ChannelConnector connector, Clock clock) {
        this.pollInterval = settings.pollInterval();
        this.clock = clock;
        List<String> topics = settings.topics();
        for (int i = 0; i < topics.size(); i += Channel.MOST_TOPICS) {
            all.add(new Channel(topics.subList(i, Math.min(i + Channel.MOST_TOPICS, topics.size())), connector, clock));
        }
    }

    /** Each of them. */
    public List<Channel> all() {
        return List.copyOf(all);
    }

    /** How many of them report what happens. */
    public int connected() {
        return (int)
                all.stream().filter(channel -> channel.aliveSince().isPresent()).count();
    }

    /** What a notification said is lost. */
    public void lost(String reason) {
        Instant now = clock.instant();
        Instant before = lostAt.getAndSet(now);
        if (before.plus(SAID_AGAIN).isBefore(now)) {
            LOG.warn("notification lost: {} The next poll picks up the change.", FailureText.sentence(reason));
        }
    }

    /**
     * Whether a poll can be left out.
     *
     * @param lastPoll begin of the last one, if it went through
     */
    public boolean isCovered(Optional<Instant> lastPoll) {
        return lastPoll.filter(begin -> begin.plus(pollInterval).isAfter(clock.instant()))
                .filter(this::haveToldSince)
                .isPresent();
    }

    /** Whether they have reported everything since an instant, as far as can be known. */
    public boolean haveToldSince(Instant instant) {
        return !all.isEmpty()
                && instant.isAfter(lostAt.get())
                && all.stream()
                        .allMatch(channel -> channel.aliveSince()
                                .filter(since -> !since.isAfter(instant))
                                .isPresent());
    }

    @Override
    public void close() {
        all.forEach(Channel::close);
    }
}
