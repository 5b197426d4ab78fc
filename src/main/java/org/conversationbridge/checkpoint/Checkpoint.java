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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.FollowUp;
import org.conversationbridge.change.KeptTimes;
import org.conversationbridge.change.Observed;
import org.conversationbridge.change.Partition;
import org.conversationbridge.change.Sequences;
import org.conversationbridge.change.Standing;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.settings.EndingSettings;
import org.jspecify.annotations.Nullable;

/**
 * What has been announced, as one poll reads it at its start and changes it. A poll keeps nothing in memory: whichever
 * process polls next reads what this one has written. Used by one thread; to be thrown away when a write fails.
 *
 * <p>The conversations are spread over {@value #SHARES} entries, so that a page writes few messages and a reader knows
 * how many there must be.
 */
public final class Checkpoint {
    static final int SHARES = 64;
    private static final String POLL = "poll";
    /** Far more changes of a conversation than can have been announced and not be known after a loss. */
    private static final long UNSEEN = 1_000;
    /** Every key there is. A broker that has just started may show some of them only. */
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(POLL), IntStream.range(0, SHARES).mapToObj(Checkpoint::key))
            .collect(Collectors.toUnmodifiableSet());

    private final EndingSettings ending;
    private final Duration remembered;
    private final Map<String, Announced> announced = new HashMap<>();
    private final Map<String, String> revisions = new HashMap<>();
    private final Set<String> dirty = new TreeSet<>();
    private final Set<String> lost = new HashSet<>();
    private final Map<String, Instant> lostAt = new HashMap<>();
    private final Set<String> found = new HashSet<>();
    private final Set<String> reconciled = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private final Map<String, Standing> restatable = new HashMap<>();
    private final Map<String, Conversation> foundAgain = new HashMap<>();
    private int reconciledChanges;
    private @Nullable Instant lastGoodPoll;
    private @Nullable String polledBy;
    private boolean isTakenOver;
    private boolean isOfEarlierFormat;
    private @Nullable Gap gap;
    private boolean isIncomplete;
    private boolean asksForUnread;

    private Checkpoint(List<Entry> entries, EndingSettings ending, Duration remembered) {
        this.ending = ending;
        this.remembered = remembered;
        for (Entry entry : entries) {
            revisions.put(entry.key(), entry.revision());
            announced.putAll(entry.conversations());
            isOfEarlierFormat |= entry.format() != CheckpointFormat.NEWEST;
            if (entry.lostAt() != null) {
                lostAt.put(entry.key(), entry.lostAt());
            }
            if (entry.lastGoodPoll() != null) {
                lastGoodPoll = entry.lastGoodPoll();
            }
            if (entry.polledBy() != null) {
                polledBy = entry.polledBy();
            }
        }
    }

    /**
     * The first one on a broker: nothing has been announced.
     *
     * @param remembered how long a conversation is remembered of which nothing more is expected
     */
    public static Checkpoint first(EndingSettings ending, Duration remembered) {
        Checkpoint first = new Checkpoint(List.of(), ending, remembered);
        first.dirty.addAll(KEYS);
        return first;
    }

    /** The key of each entry there is. */
    public static Set<String> keys() {
        return KEYS;
    }

    /** Whether it is an entry of a checkpoint, with all that one has. */
    public static boolean isEntry(Entry entry) {
        return KEYS.contains(String.valueOf(entry.key()))
                && entry.revision() != null
                && KeptTimes.areOurs(entry.lastGoodPoll(), entry.lostAt())
                && entry.conversations().values().stream().allMatch(Announced::isWhole);
    }

    /** The keys that some entries do not have. */
    public static Set<String> missing(Collection<Entry> entries) {
        Set<String> missing = new TreeSet<>(KEYS);
        entries.forEach(entry -> missing.remove(entry.key()));
        return missing;
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
        Checkpoint checkpoint = new Checkpoint(entries, ending, remembered);
        Set<String> missing = missing(entries);
        if (!lost.containsAll(missing)) {
            throw new IncompleteCheckpointException(missing, KEYS.size());
        }
        checkpoint.lost.addAll(missing);
        checkpoint.dirty.addAll(missing);
        if (missing.contains(POLL)) {
            checkpoint.lastGoodPoll = checkpoint.announced.values().stream()
                    .map(Announced::observedAt)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
        return checkpoint;
    }

    /** Whether entries of it were lost, so that what they reported is to be {@linkplain #recall recalled}. */
    public boolean lacksEntries() {
        return !lost.isEmpty();
    }

    /**
     * What is known from elsewhere of what was lost. The conversations are treated as announced, with sequences greater
     * than any before; where the time of the last good poll was lost, one from elsewhere is used.
     *
     * @param seen what was announced, as far as is known
     * @param polledAt no later than the last good poll
     */
    public void recall(Map<String, Announced> seen, Instant polledAt, Instant now) {
        lost.forEach(key -> noteLost(key, now));
        seen.forEach((id, last) -> {
            if (lost.contains(keyOf(id))) {
                announced.putIfAbsent(id, last.again(Math.max(last.sequence() + UNSEEN, timeSequence(now))));
            }
        });
        if (lost.contains(POLL) && (lastGoodPoll == null || lastGoodPoll.isBefore(polledAt))) {
            lastGoodPoll = polledAt;
        }
    }

    /** What was announced, by conversation. */
    public Map<String, Announced> announced() {
        return Map.copyOf(announced);
    }

    /** Begin of the last poll that went through; absent when none did yet. */
    public Optional<Instant> lastGoodPoll() {
        return Optional.ofNullable(lastGoodPoll);
    }

    /**
     * Times that lie ahead of Genesys Cloud's now are treated as that now. The last good poll, if it lies further
     * ahead than any clock is wrong, is treated as one of the time for which conversations are remembered.
     *
     * @param now by the clock of Genesys Cloud
     * @return what was corrected, for the log: keys of entries
     */
    public Set<String> correctTimes(Instant now) {
        Set<String> corrected = new TreeSet<>();
        for (Map.Entry<String, Announced> each : List.copyOf(announced.entrySet())) {
            Announced asOf = each.getValue().asOf(now);
            if (!asOf.equals(each.getValue())) {
                put(each.getKey(), asOf);
                corrected.add(keyOf(each.getKey()));
            }
        }
        if (lastGoodPoll != null && lastGoodPoll.isAfter(now.plus(KeptTimes.MOST_WRONG))) {
            lastGoodPoll = now.minus(remembered);
            corrected.add(POLL);
        }
        return corrected;
    }

    /** Whether a process was the last one to poll. */
    public boolean isPolledBy(String process) {
        return process.equals(polledBy);
    }

    /**
     * What to write before a process announces anything after another one did: from now on it is the one that polls.
     * All of it if an earlier version wrote any of it, so that an earlier version sees whose it is, whatever became
     * of one entry.
     *
     * @param process as it names itself, other than any before
     */
    public List<Entry> takeOver(String process) {
        polledBy = process;
        isTakenOver = true;
        dirty.addAll(isOfEarlierFormat ? KEYS : Set.of(POLL));
        return write();
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
        Announced last = announced.get(conversation.conversationId());
        if (conversation.tellsNothing()) {
            return Optional.empty();
        }
        return last == null
                ? Optional.of(opened(conversation, observedAt, observed()))
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
        boolean isNew = begin != null && !isOfBefore(conversation.conversationId(), begin, now);
        return ConversationChange.opened(
                isNew || begin == null || lastGoodPoll == null || begin.isAfter(lastGoodPoll),
                isNew || begin == null && lastGoodPoll == null ? 1 : timeSequence(now),
                conversation,
                now,
                observed);
    }

    private boolean isOfBefore(String id, Instant begin, Instant now) {
        if (isOfLostEntry(keyOf(id), begin)) {
            return true;
        }
        boolean isRememberable = begin.isAfter(now.minus(remembered).plus(Conversation.CLOCKS_DIFFER));
        boolean isAfterGoodPoll = lastGoodPoll != null && !lost.contains(POLL) && begin.isAfter(lastGoodPoll);
        return !isRememberable && !isAfterGoodPoll;
    }

    private boolean isOfLostEntry(String key, Instant begin) {
        Instant until = lostAt.get(key);
        return lost.contains(key) || until != null && !begin.isAfter(until.plus(Conversation.CLOCKS_DIFFER));
    }

    /** Greater than any that a conversation had which is forgotten: that happens at the end of a good poll. */
    private long timeSequence(Instant now) {
        Instant latest = lastGoodPoll != null && lastGoodPoll.isAfter(now) ? lastGoodPoll : now;
        return latest.toEpochMilli();
    }

    /** The next sequence of a conversation of which one is known from elsewhere; others may have followed it since. */
    public long sequenceAfter(String id, long sequence, Instant now) {
        Announced last = announced.get(id);
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
        Announced last = announced.get(notified.conversationId());
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
        Announced last = announced.get(conversation.conversationId());
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
        gap = unseen;
    }

    /** The gap that this poll closes. */
    public Optional<Gap> gap() {
        return Optional.ofNullable(gap);
    }

    /** Conversations that began or ended in the gap, as far as they were announced. */
    public int reconciledConversations() {
        return reconciled.size();
    }

    /** Changes announced for them. */
    public int reconciledChanges() {
        return reconciledChanges;
    }

    /**
     * Begin and end of a conversation that has ended in the gap, or that it was opened again and its end; none when
     * that end was announced, or is still to be confirmed.
     */
    public List<ConversationChange> unseen(Conversation told, Instant now) {
        Conversation ended = told.asOf(now);
        Announced last = announced.get(ended.conversationId());
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
        return announced.entrySet().stream()
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
                : announced.entrySet().stream()
                        .filter(entry -> entry.getValue().isLive() && !found.contains(entry.getKey()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    /** Whether something was announced of a conversation that is not forgotten yet. */
    public boolean isRemembered(String id) {
        return announced.containsKey(id);
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
        return announced.entrySet().stream()
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
        announced.forEach((id, last) -> {
            if ((last.followUp() != null || !last.hasEnded()) && !found.contains(id)) {
                awaited.add(id);
            }
        });
        return awaited;
    }

    /**
     * The change to announce of a conversation that is awaited; empty when there is none. One that goes on is treated
     * as found; a completion that was due and is not final yet is requested again later.
     */
    public Optional<ConversationChange> confirm(Conversation told, Completion completion, Instant now) {
        Conversation asked = told.asOf(now);
        String id = asked.conversationId();
        Announced last = announced.get(id);
        boolean over = asked.state() == State.ENDED;
        if (last == null) {
            return Optional.empty();
        } else if (!last.hasEnded()) {
            if (over && last.isEarlierEnd(asked)) {
                return confirmUnknown(id, now);
            }
            return over ? Optional.of(last.next().ended(asked, now, observed())) : compare(asked, now);
        } else if (over && (completion.isFinal() || last.isDue(now) && isLastAttempt(last))) {
            return Optional.of(last.next().completed(asked, completion, now));
        } else if (last.isDue(now)) {
            put(id, last.later(now, ending.completedAfter()));
        }
        return Optional.empty();
    }

    /** The same of a conversation that analytics does not know (yet). */
    public Optional<ConversationChange> confirmUnknown(String id, Instant now) {
        Announced last = announced.get(id);
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
        put(id, last.later(now, ending.completedAfter()));
        return Optional.empty();
    }

    /** Whether a conversation goes on, and nothing was announced of it after a sequence. */
    public boolean isLiveAt(String id, long sequence) {
        Announced last = announced.get(id);
        return last != null && last.sequence() == sequence && !last.hasEnded() && !last.isStale();
    }

    /** Whether nothing was announced of a conversation after a sequence, as far as it is remembered. */
    public boolean isNewest(String id, long sequence) {
        Announced last = announced.get(id);
        return last == null || last.sequence() == sequence;
    }

    /** Conversations that go on, as far as was announced, each with the sequence of what was announced last. */
    public Map<String, Long> live() {
        return announced.entrySet().stream()
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
     * What readers of the current queue do not see, once more. What this poll has announced they see anyway. By share,
     * so that a page of them touches few.
     */
    public List<ConversationChange> restated(Instant now) {
        return restatable.values().stream()
                .filter(seen -> !changed.contains(seen.conversationId()))
                .sorted(Comparator.comparing(seen -> keyOf(seen.conversationId())))
                .map(seen -> restated(seen, now))
                .toList();
    }

    private ConversationChange restated(Standing seen, Instant now) {
        String id = seen.conversationId();
        Announced last = announced.get(id);
        return last == null
                ? ConversationChange.forgotten(seen, afterSeen(seen.sequence(), now), now)
                : last.restated(id, foundAgain.get(id));
    }

    private long afterSeen(long sequence, Instant now) {
        return Sequences.isOne(sequence) ? Math.max(sequence + 1, timeSequence(now)) : timeSequence(now);
    }

    private boolean isMissing(String id) {
        Announced last = announced.get(id);
        return !found.contains(id) && (!isIncomplete || asksForUnread || last != null && last.missingSince() != null);
    }

    private Observed observed() {
        return gap == null ? Observed.LIVE : Observed.RECONCILED;
    }

    private boolean isLastAttempt(Announced last) {
        FollowUp followUp = last.followUp();
        return followUp != null && followUp.attempts() + 1 >= ending.completedAttempts();
    }

    /** What to write in the transaction that puts a page on its queue. */
    public List<Entry> announce(ChangePage page) {
        for (ConversationChange change : page.changes()) {
            String id = change.conversation().conversationId();
            if (page.isRestated()) {
                // Written as it is, so that the broker refuses it if another process has announced something since.
                dirty.add(keyOf(id));
                continue;
            }
            changed.add(id);
            noteLost(keyOf(id), change.observedAt());
            put(id, now(change, announced.get(id), page));
            if (change.observed() == Observed.RECONCILED) {
                reconciled.add(id);
                reconciledChanges++;
            }
        }
        return write();
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
        for (Map.Entry<String, Announced> entry : List.copyOf(announced.entrySet())) {
            Instant missingSince = entry.getValue().missingSince();
            if (found.contains(entry.getKey())) {
                if (missingSince != null) {
                    put(entry.getKey(), entry.getValue().found());
                }
            } else if (missingSince == null) {
                if (!isIncomplete || entry.getValue().hasEnded()) {
                    put(entry.getKey(), entry.getValue().missing(begin));
                }
            } else if (entry.getValue().isSettled() && missingSince.isBefore(begin.minus(remembered))) {
                announced.remove(entry.getKey());
                dirty.add(keyOf(entry.getKey()));
            }
        }
        lost.forEach(key -> noteLost(key, begin));
        lastGoodPoll = begin;
        dirty.add(POLL);
        return write();
    }

    private void noteLost(String key, Instant now) {
        if (lost.contains(key)) {
            lostAt.merge(key, now, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    private void put(String conversationId, Announced now) {
        announced.put(conversationId, now);
        dirty.add(keyOf(conversationId));
    }

    private List<Entry> write() {
        Map<String, Map<String, Announced>> shares = new HashMap<>();
        announced.forEach((id, last) ->
                shares.computeIfAbsent(keyOf(id), key -> new HashMap<>()).put(id, last));
        List<Entry> entries = dirty.stream()
                .map(key -> next(key, shares.getOrDefault(key, Map.of())))
                .toList();
        dirty.clear();
        return entries;
    }

    private Entry next(String key, Map<String, Announced> conversations) {
        String revision = UUID.randomUUID().toString();
        String replaced = revisions.put(key, revision);
        return new Entry(
                CheckpointFormat.NEWEST,
                key,
                revision,
                replaced,
                key.equals(POLL) ? lastGoodPoll : null,
                key.equals(POLL) ? polledBy : null,
                lostAt.get(key),
                conversations);
    }

    private static String keyOf(String conversationId) {
        return key(Partition.of(conversationId, SHARES));
    }

    private static String key(int share) {
        return "conversations-%02d".formatted(share);
    }
}
