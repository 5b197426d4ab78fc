// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many results wait for their consumer, against the limit. Without one, a consumer that stays away fills the disk
 * of the broker, which then accepts no message any more. Safe for many threads.
 */
public final class ResultBacklog {
    private static final Logger LOG = LoggerFactory.getLogger(ResultBacklog.class);
    private static final int WARNING_PERCENT = 80;

    private final String queue;
    private final long limit;
    private long waiting;
    private boolean warned;

    /** @param limit messages; 0 = any number */
    public ResultBacklog(String queue, long limit) {
        this.queue = queue;
        this.limit = limit;
    }

    /** Queries their number from the broker. */
    void look(Session session) throws JMSException {
        if (limit > 0) {
            seen(QueueResolver.depth(session, queue));
        }
    }

    /** So many are on the result queue now. */
    public synchronized void seen(long now) {
        waiting = now;
        boolean many = limit > 0 && now >= limit * WARNING_PERCENT / 100;
        if (many && !warned) {
            LOG.warn(
                    "results are not consumed fast enough: {} wait on {}; at {} (deliver.backlog-limit) polls stop. Is the"
                            + " consumer running?",
                    now,
                    queue,
                    limit);
        } else if (warned && !many) {
            LOG.info("results are consumed again: {} wait on {}", now, queue);
        }
        warned = many;
    }

    /** Why nothing more may be announced; empty while there is room. */
    public synchronized Optional<String> problem() {
        return limit == 0 || waiting < limit
                ? Optional.empty()
                : Optional.of("No consumer reads the results: " + waiting + " wait on " + queue + ", and the limit is "
                        + limit
                        + " (deliver.backlog-limit). Polls stop until there are fewer, then catch up. Start"
                        + " the consumer, or raise the limit if the broker's disk has room.");
    }
}
