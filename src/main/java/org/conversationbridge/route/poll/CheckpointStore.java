// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.checkpoint.LostEntries;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.EndingSettings;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoint on its queue ({@code checkpoint} in the routes). Safe for many threads. */
public final class CheckpointStore {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    private final QueueView queues;
    private final ForeignMessages foreign;
    private final LostEntries lost = new LostEntries();
    private final EarlierRuns earlier;
    private final String queue;
    private final Duration remembered;
    private final EndingSettings ending;
    private final PollLog log;
    private final Clock genesysClock;
    private final ObjectMapper json;
    private boolean isKnown;
    private boolean isLossLogged;
    /** Known to this process alone, for when the checkpoint is lost. */
    private Map<String, Announced> announced = Map.of();

    private @Nullable Instant lastGoodPoll;
    private @Nullable Instant ownBegin;
    /** This life of this process: another name with each start. */
    private final String process = UUID.randomUUID().toString();

    /** @param genesysClock by which the checkpoint reports times */
    public CheckpointStore(
            QueueView queues,
            ForeignMessages foreign,
            QueueSettings names,
            Duration remembered,
            EndingSettings ending,
            PollLog log,
            Clock genesysClock,
            ObjectMapper json) {
        this.queues = queues;
        this.foreign = foreign;
        this.earlier = new EarlierRuns(queues, foreign, names);
        this.queue = names.checkpoint();
        this.remembered = remembered;
        this.ending = ending;
        this.log = log;
        this.genesysClock = genesysClock;
        this.json = json;
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
        if (queues.depth(queue) == 0) {
            Optional<String> witness = isKnown ? Optional.of("this process has written to it") : witness();
            return witness.isEmpty() ? Checkpoint.first(ending, remembered) : allLost(witness.get());
        }
        ReadEntries read = new ReadEntries(json);
        queues.read(queue, ReadEntries.KEY, Checkpoint.keys(), foreign, read);
        List<Entry> entries = read.ofThisVersion();
        lost.note(Checkpoint.missing(entries), read.overwritten());
        Checkpoint checkpoint = recalled(Checkpoint.of(entries, lost.given(), ending, remembered));
        isKnown = true;
        isLossLogged = false;
        announced = checkpoint.announced();
        lastGoodPoll = checkpoint.lastGoodPoll().orElse(lastGoodPoll);
        return checkpoint;
    }

    private Optional<String> witness() throws JMSException {
        return earlier.witness().map(found -> "queue " + found + " has messages of an earlier run");
    }

    private Checkpoint allLost(String witness) throws JMSException {
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
        return recalled(Checkpoint.of(List.of(), Checkpoint.keys(), ending, remembered));
    }

    private Checkpoint recalled(Checkpoint checkpoint) throws JMSException {
        if (checkpoint.lacksEntries()) {
            Instant now = genesysClock.instant();
            LastSeen seen = earlier.live(now);
            Map<String, Announced> known = new HashMap<>(announced);
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

    /** The entries to write when the poll went through. */
    public synchronized List<Entry> conclude(@Variable("checkpoint") Checkpoint checkpoint) {
        isKnown = true;
        announced = checkpoint.announced();
        Instant begin = log.runningSince();
        ownBegin = begin;
        return checkpoint.conclude(begin);
    }
}
