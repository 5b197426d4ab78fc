// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.FollowUp;
import org.conversationbridge.change.KeptTimes;
import org.conversationbridge.change.Observed;
import org.conversationbridge.change.Sequences;
import org.conversationbridge.change.Standing;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.settings.EndingSettings;
import org.jspecify.annotations.Nullable;

/**
 * What has been announced, as one poll finds it and changes it: what is a change, what is awaited, what has to be
 * written. Used by one thread; to be thrown away when a write fails.
 */
public final class Checkpoint {
    /** Far more changes of a conversation than can have been announced and not be known after a loss. */
    private static final long UNSEEN = 1_000;
    /** In one line of the log. */
    private static final int MOST_NAMED = 10;

    private final EndingSettings ending;
    private final Duration remembered;
    private final Ledger ledger;
    private final Known known;
    private final Set<String> lost;
    private final Set<String> found = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<String, Standing> restatable = new HashMap<>();
    private final Map<String, Conversation> foundAgain = new HashMap<>();
    private final GapAccount gap = new GapAccount();
    private final Set<String> surplus = new TreeSet<>();
    private Extent extent;
    private Facts facts;
    private boolean isToBeWhole;
    private boolean isTakenOver;
    private boolean isIncomplete;
    private boolean asksForUnread;

    private Checkpoint(Ledger ledger, EndingSettings ending, Duration remembered) {
        this.ending = ending;
        this.remembered = remembered;
        this.ledger = ledger;
        this.known = new Known(ledger.conversations());
        this.lost = ledger.lost();
        this.extent = ledger.extent();
        this.facts = ledger.facts();
        this.isToBeWhole = !lost.isEmpty();
        if (lost.contains(CheckpointFormat.HEAD)) {
            facts = facts.polledAt(known.all()
                    .map(last -> last.getValue().observedAt())
                    .max(Comparator.naturalOrder())
                    .orElse(null));
        }
    }

    /**
     * The first one on a broker: nothing has been announced.
     *
     * @param remembered how long a conversation is remembered of which nothing more is expected
     */
    public static Checkpoint first(EndingSettings ending, Duration remembered) {
        return of(Ledger.first(), ending, remembered);
    }

    /** As this process knows it. */
    public static Checkpoint of(Ledger ledger, EndingSettings ending, Duration remembered) {
        return new Checkpoint(ledger, ending, remembered);
    }

    /** As the broker has it, whole. */
    public static Checkpoint of(List<Entry> entries, EndingSettings ending, Duration remembered) {
        return of(entries, Set.of(), ending, remembered);
    }

    /**
     * As the broker has it.
     *
     * @param lost keys whose entries are given up: they are written again. What they reported is opened again, with
     *     sequences greater than any before
     * @throws IncompleteCheckpointException when others are missing
     */
    public static Checkpoint of(List<Entry> entries, Set<String> lost, EndingSettings ending, Duration remembered) {
        return of(Ledger.of(entries, lost), ending, remembered);
    }

    /** Whether entries of it were lost, so that what they reported is to be {@linkplain #recall recalled}. */
    public boolean lacksEntries() {
        return !lost.isEmpty();
    }

    /** Entries on the broker are lost or superfluous; this process has all of them: the next write puts that right. */
    public void repair(Set<String> superfluous) {
        surplus.addAll(superfluous);
        isToBeWhole = true;
    }

    /**
     * What is known from elsewhere of what was lost. The conversations are treated as announced, with sequences greater
     * than any before; where the time of the last good poll was lost, one from elsewhere is used. Where a delta was lost
     * each conversation may have gone on.
     *
     * @param seen what was announced, as far as is known
     * @param polledAt no later than the last good poll
     */
    public void recall(Map<String, Announced> seen, Instant polledAt, Instant now) {
        noteLost(now);
        boolean hasGoneOn = lost.stream().anyMatch(CheckpointFormat::isDelta);
        Map<String, Announced> recalled = new HashMap<>();
        if (hasGoneOn) {
            known.all().forEach(last -> recalled.put(last.getKey(), last.getValue()));
        }
        seen.forEach((id, last) -> {
            Announced kept = known.get(id);
            if (mayBeLost(id) && (kept == null || hasGoneOn && last.sequence() > kept.sequence())) {
                recalled.put(id, last);
            }
        });
        recalled.forEach((id, last) ->
                known.put(id, last.again(Math.max(last.sequence() + UNSEEN, timeSequence(now)))));
        Instant lastGoodPoll = facts.lastGoodPoll();
        if (lost.contains(CheckpointFormat.HEAD) && (lastGoodPoll == null || lastGoodPoll.isBefore(polledAt))) {
            facts = facts.polledAt(polledAt);
        }
    }

    /** What was announced, by conversation. */
    public Map<String, Announced> announced() {
        return known.all().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Begin of the last poll that went through; absent when none did yet. */
    public Optional<Instant> lastGoodPoll() {
        return Optional.ofNullable(facts.lastGoodPoll());
    }

    /**
     * Times that lie ahead of Genesys Cloud's now are treated as that now. The last good poll, if it lies further
     * ahead than any clock is wrong, is treated as one of the time for which conversations are remembered.
     *
     * @param now by the clock of Genesys Cloud
     * @return what was corrected, for the log: the key of the head, and ids of some conversations
     */
    public Set<String> correctTimes(Instant now) {
        Set<String> corrected = new TreeSet<>();
        for (Map.Entry<String, Announced> each : known.all().toList()) {
            Announced asOf = each.getValue().asOf(now);
            if (!asOf.equals(each.getValue())) {
                known.put(each.getKey(), asOf);
                note(corrected, each.getKey());
            }
        }
        Instant lastGoodPoll = facts.lastGoodPoll();
        if (lastGoodPoll != null && lastGoodPoll.isAfter(now.plus(KeptTimes.MOST_WRONG))) {
            facts = facts.polledAt(now.minus(remembered));
            corrected.add(CheckpointFormat.HEAD);
        }
        return corrected;
    }

    private static void note(Set<String> corrected, String id) {
        if (corrected.size() < MOST_NAMED) {
            corrected.add(id);
        }
    }

    /** Whether a process was the last one to poll. */
    public boolean isPolledBy(String process) {
        return process.equals(facts.polledBy());
    }

    /**
     * What to write before a process announces anything after another one did: from now on it is the one that polls.
     * All of it if an earlier version wrote any of it, so that an earlier version sees whose it is, whatever became
     * of one entry.
     *
     * @param process as it names itself, other than any before
     */
    public List<Entry> takeOver(String process) {
        facts = facts.polledBy(process);
        isTakenOver = true;
        isToBeWhole |= extent.isOfShares();
        return write(false);
    }

    /** Whether another process, or an earlier life of this one, polled before. */
    public boolean isTakenOver() {
        return isTakenOver;
    }

    /**
     * The change to announce of a conversation that the poll has found; empty when everything has been announced, or it
     * reports nothing.
     */
    public Optional<ConversationChange> compare(Conversation told, Instant observedAt) {
        Conversation conversation = told.asOf(observedAt);
        found.add(conversation.conversationId());
        if (restatable.containsKey(conversation.conversationId())) {
            foundAgain.put(conversation.conversationId(), conversation);
        }
        Announced last = known.get(conversation.conversationId());
        if (conversation.tellsNothing()) {
            return Optional.empty();
        }
        return last == null
                ? Optional.of(opened(conversation, observedAt, gap.observed()))
                : last.changeTo(conversation, observedAt);
    }

    /**
     * The first change of a conversation that is not known. One that began within the time for which conversations are
     * remembered, or after the last good poll, cannot have been forgotten: it is new. Any other may have been announced
     * before, however long ago, and is opened again; only if no poll went through yet nothing can have been
     * announced. So may one that began before an entry was lost.
     */
    private ConversationChange opened(Conversation conversation, Instant now, Observed observed) {
        Instant begin = conversation.startedAt();
        Instant lastGoodPoll = facts.lastGoodPoll();
        boolean isNew = begin != null && !isOfBefore(conversation.conversationId(), begin, now);
        return ConversationChange.opened(
                isNew || begin == null || lastGoodPoll == null || begin.isAfter(lastGoodPoll),
                isNew || begin == null && lastGoodPoll == null ? 1 : timeSequence(now),
                conversation,
                now,
                observed);
    }

    private boolean isOfBefore(String id, Instant begin, Instant now) {
        if (mayBeLost(id) || isOfBeforeALoss(begin)) {
            return true;
        }
        Instant lastGoodPoll = facts.lastGoodPoll();
        boolean isRememberable = begin.isAfter(now.minus(remembered).plus(Conversation.CLOCKS_DIFFER));
        boolean isAfterGoodPoll =
                lastGoodPoll != null && !lost.contains(CheckpointFormat.HEAD) && begin.isAfter(lastGoodPoll);
        return !isRememberable && !isAfterGoodPoll;
    }

    private boolean isOfBeforeALoss(Instant begin) {
        Instant until = facts.lostAt();
        return until != null && !begin.isAfter(until.plus(Conversation.CLOCKS_DIFFER));
    }

    private boolean mayBeLost(String id) {
        return lost.stream().anyMatch(key -> CheckpointFormat.mayHold(key, id));
    }

    /** Greater than any that a conversation had which is forgotten: that happens at the end of a good poll. */
    private long timeSequence(Instant now) {
        Instant lastGoodPoll = facts.lastGoodPoll();
        Instant latest = lastGoodPoll != null && lastGoodPoll.isAfter(now) ? lastGoodPoll : now;
        return latest.toEpochMilli();
    }

    /** The next sequence of a conversation of which one is known from elsewhere; others may have followed it since. */
    public long sequenceAfter(String id, long sequence, Instant now) {
        Announced last = known.get(id);
        return last == null ? Math.max(sequence + 1, timeSequence(now)) : last.sequence() + 1;
    }

    /**
     * The change to announce of a conversation that a notification reported; empty also if that is older than what
     * was announced, and where the start of a conversation that has ended was missed: the next poll finds both ends.
     *
     * @param receivedAt by the clock of Genesys Cloud
     */
    public Optional<ConversationChange> compareNotified(Conversation told, Instant receivedAt) {
        Conversation notified = told.asOf(receivedAt);
        Announced last = known.get(notified.conversationId());
        if (notified.tellsNothing()) {
            return Optional.empty();
        } else if (last != null) {
            return last.changeToNotified(notified, receivedAt);
        }
        return notified.state() == State.ENDED
                ? Optional.empty()
                : Optional.of(opened(notified, receivedAt, Observed.LIVE));
    }

    /**
     * The change to announce of a conversation as it was some time ago; empty also when what was announced since is
     * newer.
     */
    public Optional<ConversationChange> replay(Conversation conversation, Instant observedAt) {
        Announced last = known.get(conversation.conversationId());
        return last != null && !last.observedAt().isBefore(observedAt)
                ? Optional.empty()
                : compare(conversation, observedAt);
    }

    /**
     * The poll may not have read every active conversation: what it did not find is not missing because of that, and
     * is not stale.
     *
     * @param asksForUnread whether it is requested by id all the same
     */
    public void incomplete(boolean asksForUnread) {
        this.isIncomplete = true;
        this.asksForUnread = asksForUnread;
    }

    /** No poll succeeded for a while: what this poll finds new or ended happened then. */
    public void reconcile(Gap unseen) {
        gap.open(unseen);
    }

    /** The gap that this poll closes. */
    public Optional<Gap> gap() {
        return gap.gap();
    }

    /** Conversations that began or ended in the gap, as far as they were announced. */
    public int reconciledConversations() {
        return gap.conversations();
    }

    /** Changes announced for them. */
    public int reconciledChanges() {
        return gap.changes();
    }

    /**
     * Begin and end of a conversation that has ended in the gap, or that it was opened again and its end; none when
     * that end was announced, or is still to be confirmed.
     */
    public List<ConversationChange> unseen(Conversation told, Instant now) {
        Conversation ended = told.asOf(now);
        Announced last = known.get(ended.conversationId());
        if (last != null && !last.endedBefore(ended) || !found.add(ended.conversationId())) {
            return List.of();
        }
        ConversationChange begun = last == null
                ? opened(ended.atStart(), now, Observed.RECONCILED)
                : last.next().openedAgain(ended.atStart(), now);
        return List.of(
                begun, Announced.of(begun, ending.completedAfter()).next().ended(ended, now, Observed.RECONCILED));
    }

    /** Conversations that the poll did not find any more and whose end was not announced. */
    public Set<String> missing() {
        return known.all()
                .filter(entry -> !entry.getValue().hasEnded() && !found.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Those of them that go on, as far as was announced, and that neither the poll nor an answer about them has found;
     * none if not all was read.
     */
    public Set<String> unconfirmed() {
        return isIncomplete
                ? Set.of()
                : known.all()
                        .filter(entry -> entry.getValue().isLive() && !found.contains(entry.getKey()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    /** Whether something was announced of a conversation that is not forgotten yet. */
    public boolean isRemembered(String id) {
        return known.get(id) != null;
    }

    /** These go on, as far as is known: they count as found. */
    public void goOn(Collection<String> conversationIds) {
        found.addAll(conversationIds);
    }

    /**
     * What to query by id: conversations that the poll did not find any more and whose end was not announced, and
     * those that have ended and whose completion is due. An incomplete poll queries only what a complete one did not
     * find.
     */
    public List<String> wanted(Instant now) {
        return known.all()
                .filter(entry -> entry.getValue().hasEnded() ? entry.getValue().isDue(now) : isMissing(entry.getKey()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * The same, and those that have ended and whose completion is not due yet: it is taken where it is reported by
     * another query, but not in the poll that announces the end. So is the end of what an incomplete poll did not read.
     */
    public Set<String> awaited(Instant now) {
        Set<String> awaited = new HashSet<>(wanted(now));
        known.all()
                .filter(last ->
                        last.getValue().followUp() != null || !last.getValue().hasEnded())
                .map(Map.Entry::getKey)
                .filter(id -> !found.contains(id))
                .forEach(awaited::add);
        return awaited;
    }

    /**
     * The change to announce of a conversation that is awaited; empty when there is none. One that goes on is treated
     * as found; a completion that was due and is not final yet is requested again later.
     */
    public Optional<ConversationChange> confirm(Conversation told, Completion completion, Instant now) {
        Conversation asked = told.asOf(now);
        String id = asked.conversationId();
        Announced last = known.get(id);
        boolean over = asked.state() == State.ENDED;
        if (last == null) {
            return Optional.empty();
        } else if (!last.hasEnded()) {
            if (over && last.isEarlierEnd(asked)) {
                return confirmUnknown(id, now);
            }
            return over ? Optional.of(last.next().ended(asked, now, gap.observed())) : compare(asked, now);
        } else if (over && (completion.isFinal() || last.isDue(now) && isLastAttempt(last))) {
            return Optional.of(last.next().completed(asked, completion, now));
        } else if (last.isDue(now)) {
            known.put(id, last.later(now, ending.completedAfter()));
        }
        return Optional.empty();
    }

    /** The same of a conversation that analytics does not know (yet). */
    public Optional<ConversationChange> confirmUnknown(String id, Instant now) {
        Announced last = known.get(id);
        if (last == null) {
            return Optional.empty();
        } else if (!last.hasEnded()) {
            Instant since = last.missingSince();
            boolean late = !isIncomplete
                    && since != null
                    && !since.plus(ending.confirmWithin()).isAfter(now);
            return late && !last.isStale() ? Optional.of(last.next().stale(id, now)) : Optional.empty();
        } else if (isLastAttempt(last)) {
            return Optional.of(
                    last.next().completed(id, Completion.unknown("analytics does not know the conversation"), now));
        }
        known.put(id, last.later(now, ending.completedAfter()));
        return Optional.empty();
    }

    /** Whether a conversation goes on, and nothing was announced of it after a sequence. */
    public boolean isLiveAt(String id, long sequence) {
        Announced last = known.get(id);
        return last != null && last.sequence() == sequence && !last.hasEnded() && !last.isStale();
    }

    /** Whether nothing was announced of a conversation after a sequence, as far as it is remembered. */
    public boolean isNewest(String id, long sequence) {
        Announced last = known.get(id);
        return last == null || last.sequence() == sequence;
    }

    /** Conversations that go on, as far as was announced, each with the sequence of what was announced last. */
    public Map<String, Long> live() {
        return known.all()
                .filter(entry -> entry.getValue().isLive())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sequence()));
    }

    /**
     * Readers of the current queue do not see of these conversations what was announced last: how this poll finds them
     * is kept, so that it can be {@linkplain #restated(Instant) restated}.
     *
     * @param differing by conversation id, what they see
     */
    public void differs(Map<String, Standing> differing) {
        restatable.putAll(differing);
    }

    /**
     * What readers of the current queue do not see, once more. What this poll has announced they see anyway.
     */
    public List<ConversationChange> restated(Instant now) {
        return restatable.values().stream()
                .filter(seen -> !changed.contains(seen.conversationId()))
                .sorted(Comparator.comparing(Standing::conversationId))
                .map(seen -> restated(seen, now))
                .toList();
    }

    private ConversationChange restated(Standing seen, Instant now) {
        String id = seen.conversationId();
        Announced last = known.get(id);
        return last == null
                ? ConversationChange.forgotten(seen, afterSeen(seen.sequence(), now), now)
                : last.restated(id, foundAgain.get(id));
    }

    private long afterSeen(long sequence, Instant now) {
        return Sequences.isOne(sequence) ? Math.max(sequence + 1, timeSequence(now)) : timeSequence(now);
    }

    private boolean isMissing(String id) {
        Announced last = known.get(id);
        return !found.contains(id) && (!isIncomplete || asksForUnread || last != null && last.missingSince() != null);
    }

    private boolean isLastAttempt(Announced last) {
        FollowUp followUp = last.followUp();
        return followUp != null && followUp.attempts() + 1 >= ending.completedAttempts();
    }

    /**
     * What to write in the transaction that puts a page on its queue. What is restated is written already: the head
     * alone sees to it that the broker refuses it if another process has announced something since.
     */
    public List<Entry> announce(ChangePage page) {
        for (ConversationChange change : page.isRestated() ? List.<ConversationChange>of() : page.changes()) {
            String id = change.conversation().conversationId();
            changed.add(id);
            noteLost(change.observedAt());
            known.put(id, now(change, known.get(id), page));
            gap.announced(change);
        }
        return write(false);
    }

    private Announced now(ConversationChange change, @Nullable Announced last, ChangePage page) {
        return change.history() != null && last != null
                ? last.again(change.sequence())
                : Announced.of(change, ending.completedAfter()).after(last, page.isNotified());
    }

    /**
     * What to write when the poll went through: which conversations it did not find any more; of an incomplete one only
     * those that had ended before. They are remembered until
     * they are completed, or stale, and a while longer: an ended one may be opened again.
     *
     * @param begin of the poll
     */
    public List<Entry> conclude(Instant begin) {
        for (Map.Entry<String, Announced> last : known.all().toList()) {
            conclude(last.getKey(), last.getValue(), begin);
        }
        noteLost(begin);
        facts = facts.polledAt(begin);
        return write(true);
    }

    private void conclude(String id, Announced last, Instant begin) {
        Instant missingSince = last.missingSince();
        if (found.contains(id)) {
            if (missingSince != null) {
                known.put(id, last.found());
            }
        } else if (missingSince == null) {
            if (!isIncomplete || last.hasEnded()) {
                known.put(id, last.missing(begin));
            }
        } else if (last.isSettled() && missingSince.isBefore(begin.minus(remembered))) {
            known.forget(id);
        }
    }

    private void noteLost(Instant now) {
        if (lost.stream().anyMatch(key -> !key.equals(CheckpointFormat.HEAD))) {
            facts = facts.lostAt(now);
        }
    }

    /** @param isAtEnd whether the poll is at its end, where a snapshot delays no page */
    private List<Entry> write(boolean isAtEnd) {
        Map<String, Optional<Announced>> changes = known.takeUnwritten();
        boolean isWhole = isToBeWhole || extent.isFull() || isAtEnd && extent.isSnapshotDue();
        Extent.Next next = isWhole ? extent.whole(facts, whole(), surplus) : extent.changes(facts, changes);
        ledger.wrote(extent.revision(), next.extent(), facts, changes);
        extent = next.extent();
        isToBeWhole = false;
        surplus.clear();
        return next.entries();
    }

    private Map<String, Optional<Announced>> whole() {
        return known.all().collect(Collectors.toMap(Map.Entry::getKey, last -> Optional.of(last.getValue())));
    }
}
