// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Variable;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.EndingSettings;

/** The checkpoint on its queue ({@code checkpoint} in the routes). */
public final class CheckpointStore {
    private final QueueView queues;
    private final String queue;
    private final Duration remembered;
    private final EndingSettings ending;
    private final PollLog log;
    private final ObjectMapper json;

    public CheckpointStore(
            QueueView queues,
            String queue,
            Duration remembered,
            EndingSettings ending,
            PollLog log,
            ObjectMapper json) {
        this.queues = queues;
        this.queue = queue;
        this.remembered = remembered;
        this.ending = ending;
        this.log = log;
        this.json = json;
    }

    /**
     * What has been announced.
     *
     * @throws IncompleteCheckpointException when the broker does not show all of it
     */
    public Checkpoint read() throws JMSException, JsonProcessingException {
        if (queues.depth(queue) == 0) {
            return Checkpoint.first(ending, remembered);
        }
        List<Entry> entries = new ArrayList<>();
        for (String text : queues.texts(queue)) {
            entries.add(CheckpointFormat.read(json, text));
        }
        return Checkpoint.of(entries, ending, remembered);
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
