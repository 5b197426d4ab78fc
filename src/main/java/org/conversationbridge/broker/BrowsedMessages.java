// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import java.time.Duration;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.UncategorizedJmsException;

/**
 * The messages that a browser shows, one after another. In place of one with an incomplete body the client of Artemis
 * shows null (source: ActiveMQQueueBrowser, nextElement), and so nothing that names it: it is passed by, and each queue
 * that has any is logged once.
 */
public final class BrowsedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(BrowsedMessages.class);
    /** Of the queues of the bridge, so that these are few. */
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private final String queue;
    private final Enumeration<?> messages;
    private final Duration limit;
    private @Nullable Message next;

    private BrowsedMessages(String queue, Enumeration<?> messages, Duration limit) {
        this.queue = queue;
        this.messages = messages;
        this.limit = limit;
    }

    /**
     * Those of a browser.
     *
     * @throws JMSException when the broker does not show them
     */
    public static BrowsedMessages of(QueueBrowser browser) throws JMSException {
        return of(browser, TimeLimit.LONGEST);
    }

    static BrowsedMessages of(QueueBrowser browser, Duration limit) throws JMSException {
        return new BrowsedMessages(browser.getQueue().getQueueName(), browser.getEnumeration(), limit);
    }

    /**
     * Whether there is one more now; there may be later, where there is none now.
     *
     * @throws UncategorizedJmsException with a {@link NoAnswerException}, when the broker does not say so in time
     */
    public boolean hasNext() {
        while (next == null && isAnswered(messages::hasMoreElements)) {
            next = (Message) messages.nextElement();
            if (next == null && LOGGED.add(queue)) {
                LOG.warn(
                        "broker: a browse of {} passes by a message with an incomplete body. It stays there: remove it on"
                                + " the broker (operation expireMessage of the queue in the console).",
                        queue);
            }
        }
        return next != null;
    }

    /** Only this question waits for the broker, which may have closed the session. */
    private boolean isAnswered(TimeLimit.Question<Boolean, RuntimeException> question) {
        try {
            return TimeLimit.within(limit, queue, question);
        } catch (NoAnswerException e) {
            throw new UncategorizedJmsException(e);
        }
    }

    /**
     * The next one.
     *
     * @throws NoSuchElementException when there is none
     */
    public Message next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException(queue);
        }
        Message found = next;
        next = null;
        return found;
    }
}
