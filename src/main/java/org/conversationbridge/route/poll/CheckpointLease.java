// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.conversationbridge.broker.LeaseQueue;
import org.conversationbridge.broker.WaitingMessages;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.failure.ForeignMessageException;

/**
 * The lease of the checkpoint ({@code lease} in the routes): one message, a copy of the head. A transaction that writes
 * the checkpoint takes the lease of the revision that it replaces, and sends the next one.
 */
public final class CheckpointLease {
    /** Of those that can be seen there is one, unless another client sends more. */
    private static final int MOST = 10;

    private final LeaseQueue queue;
    private final WaitingMessages waiting;
    private final ObjectMapper json;

    public CheckpointLease(LeaseQueue queue, WaitingMessages waiting, ObjectMapper json) {
        this.queue = queue;
        this.waiting = waiting;
        this.json = json;
    }

    /**
     * The leases that no transaction has taken, as the heads that they are copies of. What is none is put aside.
     *
     * @param isOfNewer whether the checkpoint seems to be of a newer version
     * @throws UnknownCheckpointFormatException when it is
     */
    List<Entry> look(boolean isOfNewer) throws JMSException {
        List<Entry> leases = new ArrayList<>();
        waiting.show((messageId, text) -> {
            leases.add(read(text, isOfNewer));
            return leases.size() < MOST;
        });
        return leases;
    }

    private Entry read(String text, boolean isOfNewer) {
        try {
            Entry lease = CheckpointFormat.read(json, text);
            if (lease != null && isLease(lease)) {
                return lease;
            }
            throw new ForeignMessageException("It is not a lease of the checkpoint.");
        } catch (UnknownCheckpointFormatException e) {
            if (isOfNewer) {
                throw e;
            }
            throw new ForeignMessageException("It is a lease of a newer checkpoint than there is.");
        } catch (JsonProcessingException e) {
            throw ForeignMessageException.of(e);
        }
    }

    private static boolean isLease(Entry lease) {
        return lease.isWhole() && lease.isHead() && CheckpointFormat.isInChanges(lease);
    }

    /** Takes the lease of the revision that the entries to write replace, in the transaction of the route. */
    public void take(@Body List<Entry> entries) throws JMSException {
        queue.take(String.valueOf(next(entries).replaces()));
    }

    /** The next lease. */
    public Entry next(@Body List<Entry> entries) {
        return entries.stream().filter(Entry::isHead).findFirst().orElseThrow();
    }
}
