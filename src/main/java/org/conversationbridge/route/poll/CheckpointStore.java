// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.checkpoint.Ledger;
import org.conversationbridge.checkpoint.LostEntries;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.EndingSettings;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint on its queue ({@code checkpoint} in the routes). What this process knows of it is kept, and read anew
 * where the broker shows another revision. Safe for many threads.
 */
public final class CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    /** Nothing can be taken off the queue: an entry that is not needed any more is replaced by one that expires. */
    private static final Duration STAYS_BLANK = Duration.ofSeconds(10);

    private final StoredCheckpoint stored;
    private final CheckpointLease lease;
    private final LostEntries lost = new LostEntries();
    private final EarlierRuns earlier;
    private final String queue;
    private final Duration remembered;
    private final EndingSettings ending;
    private final PollLog log;
    private final Clock genesysClock;
    private int shortReads;
    private boolean isKnown;
    private boolean isLossLogged;
    /** As this process read it last where it was whole, and what it has written since. */
    private Ledger ledger = Ledger.first();

    private @Nullable Instant lastGoodPoll;
    private @Nullable Instant ownBegin;
    /** This life of this process: another name with each start. */
    private final String process = UUID.randomUUID().toString();

    /** @param genesysClock by which the checkpoint reports times */
    public CheckpointStore(
            QueueView queues,
            ForeignMessages foreign,
            CheckpointLease lease,
            QueueSettings names,
            Duration remembered,
            EndingSettings ending,
            PollLog log,
            Clock genesysClock,
            ObjectMapper json) {
        this.stored = new StoredCheckpoint(queues, foreign, names.checkpoint(), json);
        this.lease = lease;
        this.earlier = new EarlierRuns(queues, foreign, names);
        this.queue = names.checkpoint();
        this.remembered = remembered;
        this.ending = ending;
        this.log = log;
        this.genesysClock = genesysClock;
    }

    /**
     * What has been announced. What is not the bridge's is put aside: it must not stop the polls. If it is empty
     * although this process wrote to it, or other queues have messages of earlier runs, all of it was lost; else this
     * is the first start.
     *
     * @throws IncompleteCheckpointException when the broker does not show all of it
     * @throws UnknownCheckpointFormatException when a newer version wrote it
     */
    public synchronized Checkpoint read() throws JMSException {
        long messages = stored.messages();
        if (messages == 0) {
            return empty(lease.look(false));
        }
        ReadEntries shown = stored.head();
        List<Entry> leases = lease.look(shown.hasNewer());
        Optional<Entry> head = head(shown.entries(), leases);
        boolean isOfShares = shown.entries().stream().anyMatch(entry -> !CheckpointFormat.isInChanges(entry));
        Checkpoint checkpoint =
                head.isEmpty() || isOfShares ? ofShares(head, messages) : ofChanges(head.get(), messages);
        isKnown = true;
        isLossLogged = false;
        lastGoodPoll = checkpoint.lastGoodPoll().orElse(lastGoodPoll);
        return checkpoint;
    }

    /**
     * The head that applies; empty if the checkpoint is of an earlier format, or there is none. The lease is its copy,
     * which is there where the head is lost, and what applies where they differ.
     */
    private static Optional<Entry> head(List<Entry> shown, List<Entry> leases) {
        Optional<Entry> newest = shown.isEmpty() ? Optional.empty() : Optional.of(shown.get(shown.size() - 1));
        boolean isLeased = leases.isEmpty()
                || leases.stream()
                        .anyMatch(one -> newest.filter(head -> head.revision().equals(one.revision()))
                                .isPresent());
        return (isLeased ? newest : Optional.of(leases.get(leases.size() - 1))).filter(CheckpointFormat::isInChanges);
    }

    private Checkpoint empty(List<Entry> leases) throws JMSException {
        Optional<String> witness = isKnown ? Optional.of("this process has written to it") : witness();
        if (witness.isEmpty() && leases.isEmpty()) {
            ledger = Ledger.first();
            return Checkpoint.of(ledger, ending, remembered);
        }
        return allLost(
                witness.orElse("the lease has a revision of an earlier run"),
                leases.stream().map(Entry::revision).findFirst().orElse(null));
    }

    private Optional<String> witness() throws JMSException {
        return earlier.witness().map(found -> "queue " + found + " has messages of an earlier run");
    }

    private Checkpoint allLost(String witness, @Nullable String revision) throws JMSException {
        if (!isLossLogged) {
            isLossLogged = true;
            LOG.warn(
                    "checkpoint: queue {} is empty although {}: it was purged, deleted or created again. Polls continue"
                            + " with what this process and the current queue know; any other conversation is announced"
                            + " again, as updated. Sequences continue above all earlier ones. Check who may purge or"
                            + " delete the queue.",
                    queue,
                    witness);
        }
        return recalled(Checkpoint.of(Ledger.lost(revision), ending, remembered));
    }

    /**
     * What an earlier version wrote. If there is a lease, that version has run since, if all of what it writes is there.
     */
    private Checkpoint ofShares(Optional<Entry> leased, long messages) throws JMSException {
        ReadEntries read = stored.shares();
        if (leased.isPresent() && !Ledger.missing(read.entries()).isEmpty()) {
            return ofChanges(leased.get(), messages);
        }
        List<Entry> entries = read.ofThisVersion();
        lost.note(Ledger.missing(entries), read.overwritten());
        Ledger shares = Ledger.of(entries, lost.given());
        return taken(leased.map(Entry::revision).map(shares::leasedAt).orElse(shares));
    }

    private Checkpoint ofChanges(Entry head, long messages) throws JMSException {
        return ledger.isAt(head) ? asKnown(head, messages) : anew(head);
    }

    /** What the head names. */
    private Checkpoint anew(Entry head) throws JMSException {
        OtherEntries others = stored.others(head);
        ReadEntries read = stored.entries(head);
        List<Entry> entries = new ArrayList<>(read.entries());
        entries.add(head);
        Set<String> overwritten = new HashSet<>(read.overwritten());
        overwritten.addAll(others.overwritten());
        lost.note(Ledger.missing(entries), overwritten);
        Checkpoint checkpoint = taken(Ledger.of(entries, lost.given()));
        if (!others.superfluous().isEmpty()) {
            checkpoint.repair(others.superfluous());
        }
        return checkpoint;
    }

    /** From now on this is what this process knows, unless it knows more. */
    private Checkpoint taken(Ledger read) throws JMSException {
        Checkpoint checkpoint = recalled(Checkpoint.of(read, ending, remembered));
        if (!checkpoint.lacksEntries()) {
            ledger = read;
        }
        return checkpoint;
    }

    /**
     * What this process knows, and the broker still has; what the broker has lost of it is written again. The depth of
     * the queue has what a transaction has sent a moment after its commit.
     */
    private Checkpoint asKnown(Entry head, long messages) throws JMSException {
        Checkpoint checkpoint = Checkpoint.of(ledger, ending, remembered);
        OtherEntries others = stored.others(head);
        Set<String> missing = new HashSet<>(others.overwritten());
        shortReads = messages < ledger.messages() ? shortReads + 1 : 0;
        if (shortReads > 1) {
            List<Entry> entries = new ArrayList<>(stored.entries(head).entries());
            entries.add(head);
            missing.addAll(Ledger.missing(entries));
        }
        lost.note(missing, others.overwritten());
        if (!lost.given().isEmpty() || !others.superfluous().isEmpty()) {
            checkpoint.repair(others.superfluous());
        }
        return checkpoint;
    }

    private Checkpoint recalled(Checkpoint checkpoint) throws JMSException {
        if (checkpoint.lacksEntries()) {
            Instant now = genesysClock.instant();
            LastSeen seen = earlier.live(now);
            Map<String, Announced> known = new HashMap<>(ledger.everything());
            seen.live().forEach((id, last) -> known.merge(id, last, CheckpointStore::later));
            Instant polledAt = Stream.of(Optional.ofNullable(lastGoodPoll), seen.newest())
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder())
                    .orElse(now.minus(remembered));
            checkpoint.recall(known, polledAt, now);
        }
        return checkpoint;
    }

    private static Announced later(Announced known, Announced seen) {
        return seen.sequence() > known.sequence() ? seen : known;
    }

    /** Whether a name in the checkpoint is the one of this process. */
    public boolean isThisProcess(String name) {
        return process.equals(name);
    }

    /** Begin of the last poll that this process concluded, as the checkpoint has it; empty where it concluded none. */
    public synchronized Optional<Instant> ownBegin() {
        return Optional.ofNullable(ownBegin);
    }

    /** Whether this process was the last one to poll. */
    public boolean isOurs(Checkpoint checkpoint) {
        return checkpoint.isPolledBy(process);
    }

    /** The entries to write when this process takes the polls over. */
    public List<Entry> takeOver(@Variable("checkpoint") Checkpoint checkpoint) {
        return checkpoint.takeOver(process);
    }

    /** The entries to write with a page. */
    public List<Entry> announce(@Variable("checkpoint") Checkpoint checkpoint, @Variable("page") ChangePage page) {
        return checkpoint.announce(page);
    }

    /**
     * JMS expiration of an entry, milliseconds since the epoch; 0 = never. By the machine's clock, as JMS has it.
     */
    public long expiration(@Body Entry entry) {
        return entry.isBlank() ? System.currentTimeMillis() + STAYS_BLANK.toMillis() : 0;
    }

    /** The entries to write when the poll went through. */
    public synchronized List<Entry> conclude(@Variable("checkpoint") Checkpoint checkpoint) {
        isKnown = true;
        Instant begin = log.runningSince();
        ownBegin = begin;
        return checkpoint.conclude(begin);
    }
}
