// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Variable;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.checkpoint.LostEntries;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.EndingSettings;

/** The checkpoint on its queue ({@code checkpoint} in the routes). */
public final class CheckpointStore {
    private final QueueView queues;
    private final ForeignMessages foreign;
    private final LostEntries lost = new LostEntries();
    private final String queue;
    private final Duration remembered;
    private final EndingSettings ending;
    private final PollLog log;
    private final ObjectMapper json;
    /** This life of this process: another name with each start. */
    private final String process = UUID.randomUUID().toString();

    public CheckpointStore(
            QueueView queues,
            ForeignMessages foreign,
            String queue,
            Duration remembered,
            EndingSettings ending,
            PollLog log,
            ObjectMapper json) {
        this.queues = queues;
        this.foreign = foreign;
        this.queue = queue;
        this.remembered = remembered;
        this.ending = ending;
        this.log = log;
        this.json = json;
    }

    /**
     * What has been announced. What is not the bridge's is put aside: it must not stop the polls.
     *
     * @throws IncompleteCheckpointException when the broker does not show all of it
     * @throws UnknownCheckpointFormatException when a newer version wrote it
     */
    public Checkpoint read() throws JMSException {
        if (queues.depth(queue) == 0) {
            return Checkpoint.first(ending, remembered);
        }
        ReadEntries read = new ReadEntries(json);
        queues.read(queue, ReadEntries.KEY, Checkpoint.keys(), foreign, read);
        List<Entry> entries = read.ofThisVersion();
        lost.note(Checkpoint.missing(entries), read.overwritten());
        return Checkpoint.of(entries, lost.given(), ending, remembered);
    }

    /** Whether a name in the checkpoint is the one of this process. */
    public boolean isThisProcess(String name) {
        return process.equals(name);
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
    public List<Entry> conclude(@Variable("checkpoint") Checkpoint checkpoint) {
        return checkpoint.conclude(log.runningSince());
    }
}
