// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.conversationbridge.history.Averages;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.history.HistorySummary;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge stores on the broker to read again, in every form that it has: each state, medium and type of event,
 * and every nullable field with a value and without one. The name of a case is in the text that is stored.
 */
final class StoredCases {
    private static final Instant BEGIN = Instant.parse("2026-11-20T11:58:00.123Z");
    private static final Instant HOLD = Instant.parse("2026-11-20T11:58:30.456Z");
    private static final Instant CHANGE = Instant.parse("2026-11-20T11:59:00Z");
    private static final Instant END = Instant.parse("2026-11-20T12:00:14.789Z");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:15.001Z");
    private static final Duration FOLLOW_UP = Duration.ofMinutes(1);
    private static final List<String> MEDIA =
            List.of("voice", "callback", "chat", "email", "message", "video", "unknown");

    private static final Agent FULL_AGENT =
            new Agent("agent-id", "Agent", "participant-2", "primary", "connected-latest", CHANGE);
    private static final Customer FULL_CUSTOMER =
            new Customer("participant-1", "tel:+15555550123", "contact-id", Map.of("b", "2", "a", "1 \"\u00e4\""));
    private static final Completion FULL_COMPLETION = new Completion(
            true,
            null,
            "handled",
            134_666L,
            List.of(new AgentWork("agent-id", "Agent", "queue-id", "Queue", "code-id", "Code", 1, 2, 3, 6, 4L)));
    private static final Completion EMPTY_COMPLETION = new Completion(
            false,
            "analytics does not know the conversation",
            null,
            null,
            List.of(new AgentWork("agent-id", null, null, 1, 0, 0, 1, null)));

    private StoredCases() {}

    /** Entries of the checkpoint. */
    static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Extent extent = new Extent("later", "snapshot", 2, 7, 0, 0, false);
        entries.add(Entry.head("first", null, Facts.NONE, extent));
        entries.add(Entry.head("later", "first", new Facts(NOW, "process", NOW), extent));
        entries.add(Entry.of("delta-0006", "later", "snapshot", Map.of(), Set.of("forgotten")));
        announced()
                .forEach((name, announced) ->
                        entries.add(Entry.of("part-0001", name, "snapshot", Map.of("c", announced), Set.of())));
        return entries;
    }

    static Map<String, Announced> announced() {
        Map<String, Announced> cases = new LinkedHashMap<>();
        for (State state : State.values()) {
            cases.put("state " + state, Announced.of(started(full(state, "voice", null)), FOLLOW_UP));
        }
        for (String medium : MEDIA) {
            cases.put("medium " + medium, Announced.of(started(full(State.CONNECTED, medium, null)), FOLLOW_UP));
        }
        Announced bare = Announced.of(started(bare(State.QUEUED)), FOLLOW_UP);
        Announced live = Announced.of(started(full(State.CONNECTED, "voice", null)), FOLLOW_UP);
        Announced held = Announced.of(updated(7, full(State.HELD, "voice", HOLD)), FOLLOW_UP);
        ConversationChange end = live.next().ended(over(), NOW, Observed.RECONCILED);
        Announced ended = Announced.of(end, FOLLOW_UP);
        cases.put("bare", bare);
        cases.put("bare, missing", bare.missing(NOW));
        cases.put("found again", bare.missing(NOW).found());
        cases.put("on hold", held);
        cases.put("after a hold, notified", live.after(held, true));
        cases.put("reported again", held.again(8));
        cases.put("stale", Announced.of(live.next().stale("c", NOW), FOLLOW_UP));
        cases.put(
                "opened again",
                Announced.of(ended.next().openedAgain(full(State.CONNECTED, "voice", null), NOW), FOLLOW_UP)
                        .after(ended, false));
        cases.put("ended", ended.after(live, false));
        cases.put(
                "ended, without an end",
                Announced.of(live.next().ended(bare(State.ENDED), NOW, Observed.LIVE), FOLLOW_UP));
        cases.put(
                "ended, missing, requested twice",
                ended.missing(NOW).later(NOW, FOLLOW_UP).later(NOW, FOLLOW_UP));
        cases.put(
                "completed",
                Announced.of(ended.next().completed(over(), FULL_COMPLETION, NOW), FOLLOW_UP)
                        .after(ended, false));
        cases.put("completed, not known", Announced.of(ended.next().completed("c", EMPTY_COMPLETION, NOW), FOLLOW_UP));
        return cases;
    }

    /** Pages of changes on their way to be delivered. */
    static List<ChangePage> pages() {
        List<ChangePage> pages = new ArrayList<>();
        for (State state : State.values()) {
            pages.add(page("state " + state, started(full(state, "voice", HOLD))));
        }
        for (String medium : MEDIA) {
            pages.add(page("medium " + medium, started(full(State.CONNECTED, medium, null))));
        }
        Announced live = Announced.of(started(full(State.CONNECTED, "voice", null)), FOLLOW_UP);
        ConversationChange end = live.next().ended(over(), NOW, Observed.RECONCILED);
        Announced ended = Announced.of(end, FOLLOW_UP);
        ConversationChange update = updated(7, full(State.HELD, "voice", HOLD));
        pages.add(page("bare", started(bare(State.QUEUED))));
        pages.add(page("two changes", update, end));
        pages.add(page("updated", update));
        pages.add(page("updated by its history", update.completedBy(history(), NOW)));
        pages.add(page("updated, without a history", update.completedBy(noHistory(), NOW)));
        pages.add(page("stale", live.next().stale("c", NOW)));
        pages.add(page("ended", end));
        pages.add(page("ended, nothing but the end", live.next().ended(bare(State.ENDED), NOW, Observed.LIVE)));
        pages.add(page("opened again", ended.next().openedAgain(full(State.QUEUED, "voice", null), NOW)));
        pages.add(page("completed", ended.next().completed(over(), FULL_COMPLETION, NOW)));
        pages.add(page("corrected", ended.next().completed(over(), FULL_COMPLETION.asCorrection(), NOW)));
        pages.add(page("completed, not known", ended.next().completed("c", EMPTY_COMPLETION, NOW)));
        pages.add(page(ChangePage.NOTIFIED, update));
        pages.add(page(ChangePage.RESTATED, ended.restated("c", null), live.restated("c", over())));
        pages.add(page("updated", update).again());
        return pages;
    }

    /** Completions that wait to be compared once more. */
    static List<AnnouncedCompletions> completions() {
        Announced ended = Announced.of(ConversationChange.started(over(), NOW, Observed.LIVE), FOLLOW_UP);
        return Stream.of(FULL_COMPLETION, EMPTY_COMPLETION)
                .map(completion -> page("completed", ended.next().completed(over(), completion, NOW)))
                .map(AnnouncedCompletions::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Changes one by one: parked ones, and those whose history is missing. */
    static List<ConversationChange> changes() {
        return pages().stream().flatMap(page -> page.changes().stream()).toList();
    }

    private static ChangePage page(String pollId, ConversationChange... changes) {
        return new ChangePage(pollId, 3, List.of(changes));
    }

    private static ConversationChange started(Conversation conversation) {
        return ConversationChange.started(conversation, NOW, Observed.LIVE);
    }

    private static ConversationChange updated(long sequence, Conversation conversation) {
        return ConversationChange.opened(false, sequence, conversation, NOW, Observed.RECONCILED);
    }

    private static Conversation full(State state, String medium, @Nullable Instant heldSince) {
        return new Conversation(
                "c",
                medium,
                "inbound",
                state,
                BEGIN,
                null,
                new QueueRef("queue-id", "Queue"),
                FULL_AGENT,
                List.of(FULL_AGENT, new Agent("other-id", null, null, "former", null, null)),
                FULL_CUSTOMER,
                List.of("division-2", "division-1"),
                CHANGE,
                List.of("cobrowse"),
                heldSince);
    }

    private static Conversation over() {
        return new Conversation(
                "c",
                "voice",
                "outbound",
                State.ENDED,
                BEGIN,
                END,
                new QueueRef("queue-id", null),
                null,
                List.of(FULL_AGENT),
                new Customer(null, null, null),
                List.of("division-1"),
                END);
    }

    private static Conversation bare(State state) {
        return new Conversation("c", "unknown", null, state, null, null, null, null, List.of(), null, List.of(), null);
    }

    private static HistorySummary history() {
        FinishedConversation full = new FinishedConversation(
                        "earlier", END, "voice", "inbound", "queue-id", "code-id", 1L, 2L, 3L, 6L, 4L)
                .named("Queue", "Code");
        FinishedConversation bare =
                new FinishedConversation("bare", null, null, null, null, null, null, null, null, null, null);
        return new HistorySummary(
                HistoryStatus.PARTIAL, NOW, BEGIN, END, 2, List.of(full, bare), new Averages(1L, 2L, 3L, 6L));
    }

    private static HistorySummary noHistory() {
        return new HistorySummary(
                HistoryStatus.NONE, NOW, null, null, 0, List.of(), new Averages(null, null, null, null));
    }
}
