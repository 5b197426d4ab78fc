// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/** A checkpoint on a last-value queue, read again for every step, and the conversation {@code c} at some moments. */
final class Written {
    private final Map<String, String> queue = new LinkedHashMap<>();
    private final ObjectMapper json = Json.mapper();
    private final Duration remembered;

    Written(Duration remembered) {
        this.remembered = remembered;
    }

    Checkpoint read() throws JsonProcessingException {
        if (queue.isEmpty()) {
            return Checkpoint.first(Fixtures.ENDING, remembered);
        }
        List<Entry> entries = new ArrayList<>();
        for (String text : queue.values()) {
            entries.add(CheckpointFormat.read(json, text));
        }
        return Checkpoint.of(entries, Fixtures.ENDING, remembered);
    }

    void write(List<Entry> entries) throws JsonProcessingException {
        for (Entry entry : entries) {
            queue.put(entry.key(), json.writeValueAsString(entry));
        }
    }

    /** Its parts and deltas are lost, which the next poll finds, and nothing else is known of them. */
    void lose(Instant now) throws JsonProcessingException {
        queue.keySet().removeIf(key -> !key.equals(CheckpointFormat.HEAD));
        List<Entry> left = new ArrayList<>();
        for (String text : queue.values()) {
            left.add(CheckpointFormat.read(json, text));
        }
        Checkpoint checkpoint = Checkpoint.of(left, CheckpointFormat.keys(left.get(0)), Fixtures.ENDING, remembered);
        checkpoint.recall(Map.of(), now.minus(remembered), now);
        write(checkpoint.takeOver("another"));
    }

    /** Announces some changes as a poll does. */
    void announce(Checkpoint checkpoint, List<ConversationChange> changes) throws JsonProcessingException {
        write(checkpoint.announce(new ChangePage("poll", 0, changes)));
    }

    /** What a poll announces of a conversation. */
    Optional<ConversationChange> poll(Conversation found, Instant now) throws JsonProcessingException {
        Checkpoint checkpoint = read();
        Optional<ConversationChange> change = checkpoint.compare(found, now);
        announce(checkpoint, change.stream().toList());
        return change;
    }

    /** What is announced of a conversation that a notification reports. */
    Optional<ConversationChange> notification(Conversation told, Instant now) throws JsonProcessingException {
        Checkpoint checkpoint = read();
        Optional<ConversationChange> change = checkpoint.compareNotified(told, now);
        write(checkpoint.announce(
                new ChangePage(ChangePage.NOTIFIED, 0, change.stream().toList())));
        return change;
    }

    /** Nothing is found. */
    void emptyPoll(Instant now) throws JsonProcessingException {
        write(read().conclude(now));
    }

    static Conversation live(State state, Instant startedAt, Instant changedAt) {
        return conversation(state, startedAt, null, changedAt, null, true);
    }

    static Conversation held(Instant startedAt, Instant changedAt, @Nullable Instant since) {
        return conversation(State.HELD, startedAt, null, changedAt, since, true);
    }

    static Conversation ended(Instant startedAt, Instant endedAt) {
        return conversation(State.ENDED, startedAt, endedAt, endedAt, null, false);
    }

    private static Conversation conversation(
            State state,
            Instant startedAt,
            @Nullable Instant endedAt,
            Instant changedAt,
            @Nullable Instant heldSince,
            boolean hasAgent) {
        Agent agent = new Agent("a", null, null, "primary", "connected-latest", startedAt);
        boolean withAgent = hasAgent && state != State.QUEUED;
        return new Conversation(
                "c",
                "message",
                "inbound",
                state,
                startedAt,
                endedAt,
                new QueueRef("q", null),
                withAgent ? agent : null,
                withAgent ? List.of(agent) : List.of(),
                null,
                List.of(),
                changedAt,
                List.of(),
                heldSince);
    }
}
