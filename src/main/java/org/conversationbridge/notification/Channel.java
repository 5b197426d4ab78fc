// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.conversationbridge.failure.Backoff;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of notifications, for at most {@value #MOST_TOPICS} topics, and its life: created, subscribed, connected;
 * connected again to the same address when the socket ends, created again when that fails; subscribed again twice a
 * day, as the Platform API lets a channel end after 24 hours. Source: the Platform API's description and the vendor's
 * streaming client, 2026-07.
 *
 * <p>Its requests are walked through by one thread ({@link #hasNext}, {@link #next}, {@link #accept}), followed by
 * {@link #tend}; frames come from another.
 */
public final class Channel implements Enquiry {
    static final int MOST_TOPICS = 1_000;
    static final Duration RENEWAL = Duration.ofHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);
    private static final String PATH = "/api/v2/notifications/channels";
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final int MOST_CONNECTS = 3;

    private final List<String> topics;
    private final ChannelConnector connector;
    private final Clock clock;

    private @Nullable String id;
    private @Nullable URI connectUri;
    private @Nullable Instant subscribedAt;
    private volatile @Nullable Instant connectedAt;
    private volatile @Nullable ChannelSocket socket;
    private volatile boolean closing;
    private volatile boolean unsubscribed;
    private volatile boolean isWhole;
    private int connectFailures;
    private Duration pause = BACKOFF.first();
    private Instant nextAttempt = Instant.MIN;

    /** @param topics such as {@code v2.routing.queues.<id>.conversations} */
    public Channel(List<String> topics, ChannelConnector connector, Clock clock) {
        this.topics = List.copyOf(topics);
        this.connector = connector;
        this.clock = clock;
    }

    /** Whether something has to be requested before it can be connected. */
    @Override
    public boolean hasNext() {
        if (unsubscribed) {
            failed();
        }
        return !nextAttempt.isAfter(clock.instant())
                && (subscribedAt == null || subscribedAt.plus(RENEWAL).isBefore(clock.instant()));
    }

    @Override
    public GenesysRequest next() {
        if (id == null) {
            return new GenesysRequest("a notification channel", "POST", PATH, "", "");
        }
        StringBuilder body = new StringBuilder();
        for (String topic : topics) {
            body.append(body.isEmpty() ? "[" : ",")
                    .append("{\"id\":\"")
                    .append(topic)
                    .append("\"}");
        }
        return new GenesysRequest(
                "subscriptions of a notification channel",
                "PUT",
                PATH + "/" + id + "/subscriptions",
                "ignoreErrors=true",
                body.append("]").toString());
    }

    /**
     * Takes the answer to the last request.
     *
     * @throws org.conversationbridge.genesys.failure.UnreadableAnswerException when it contains no channel
     */
    @Override
    public List<?> accept(JsonNode answer) {
        if (id == null) {
            connectUri = connector.address(answer);
            id = answer.path("id").asText();
            return List.of();
        }
        List<JsonNode> listed = StreamSupport.stream(answer.path("entities").spliterator(), false)
                .toList();
        List<JsonNode> rejected = listed.stream()
                .filter(topic -> topic.path("state").asText().equals("Rejected"))
                .toList();
        rejected.forEach(topic -> LOG.warn(
                "notifications: topic {} refused: {}. Polling falls back to poll.cron until this is fixed or the id"
                        + " is removed from notifications.queues or notifications.users.",
                topics.contains(topic.path("id").asText()) ? topic.path("id").asText() : "(unknown)",
                connector.reason(topic)));
        long answered = listed.stream()
                .map(topic -> topic.path("id").asText())
                .distinct()
                .count();
        boolean isShort = answered > 0 && answered < topics.size();
        if (isShort) {
            LOG.warn(
                    "notifications: the answer lists {} of {} subscribed topics. Polling falls back to poll.cron"
                            + " until it lists all of them.",
                    answered,
                    topics.size());
        }
        isWhole = rejected.isEmpty() && !isShort;
        subscribedAt = clock.instant();
        return List.of();
    }

    /** A request failed, after its retries: the channel is created again after a pause. */
    @Override
    public void failed(Exception failure) {
        failed();
        LOG.warn("notifications unavailable: {} Polls continue.", FailureText.sentence(failure));
        LOG.debug("notifications unavailable", new WordlessException(failure));
    }

    /**
     * A request failed for good, or it reports nothing more: it is created again after a pause, which is doubled until
     * it lives for longer than that.
     */
    public void failed() {
        forget();
        later();
    }

    /** Connects if it is not, and lets the socket send a ping. */
    public void tend() {
        ChannelSocket current = socket;
        if (current != null && current.isAlive() && !closing) {
            current.ping();
            if (connectedAt != null && connectedAt.plus(pause).isBefore(clock.instant())) {
                pause = BACKOFF.first();
            }
        } else if (connectUri != null && subscribedAt != null && !nextAttempt.isAfter(clock.instant())) {
            connect(connectUri, current);
        }
    }

    /** Since when it reports everything it is to report, without a gap; empty while it does not. */
    public Optional<Instant> aliveSince() {
        ChannelSocket current = socket;
        return current != null && current.isAlive() && isWhole && !unsubscribed
                ? Optional.ofNullable(connectedAt)
                : Optional.empty();
    }

    /** Genesys Cloud is about to close the socket. */
    public void closing() {
        closing = true;
    }

    /** It reports nothing more. */
    public void unsubscribed() {
        unsubscribed = true;
    }

    /** How many topics it has. */
    public int topics() {
        return topics.size();
    }

    /** Ends it. */
    public void close() {
        ChannelSocket current = socket;
        if (current != null) {
            current.close();
        }
    }

    private void connect(URI address, @Nullable ChannelSocket current) {
        try {
            ChannelSocket connected = connector.connect(address, this);
            if (current == null || !current.isAlive()) {
                connectedAt = clock.instant();
            }
            socket = connected;
            closing = false;
            connectFailures = 0;
            LOG.info("notifications connected topics={}", topics.size());
        } catch (ChannelFailureException e) {
            LOG.warn("notifications: {} Polls continue; next attempt in {} s.", e.getMessage(), pause.toSeconds());
            LOG.debug("notifications not connected", new WordlessException(e));
            connectFailures++;
            if (connectFailures >= MOST_CONNECTS) {
                forget();
            }
            later();
            return;
        }
        if (current != null) {
            current.close();
        }
    }

    private void forget() {
        close();
        socket = null;
        id = null;
        connectUri = null;
        subscribedAt = null;
        connectFailures = 0;
        closing = false;
        unsubscribed = false;
    }

    private void later() {
        nextAttempt = clock.instant().plus(pause);
        pause = BACKOFF.next(pause);
    }
}
