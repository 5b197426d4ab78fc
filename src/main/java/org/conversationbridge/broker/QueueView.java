// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is on a queue, looked at without taking anything. */
public final class QueueView {
    private static final int MOST_LOOKS = 20;
    private static final long PAUSE_MILLIS = 100;

    private final ConnectionFactory pool;
    private final QueueResolver queues;

    public QueueView(ConnectionFactory pool, QueueResolver queues) {
        this.pool = pool;
        this.queues = queues;
    }

    /** How many messages the broker has on a queue. */
    public long depth(String name) throws JMSException {
        return look(name, (session, queue) -> QueueResolver.depth(session, name));
    }

    /** Takes a message. */
    public interface Reader {
        /** Why it is not the bridge's, a sentence without its content; empty if it is one. */
        Optional<String> read(Message message) throws JMSException;
    }

    /**
     * Shows the messages that a selector names, as far as they can be seen. A browse may end too early, and shows a part
     * only while the broker still loads the queue: the caller has to know what must be there. What the reader refuses is
     * put aside; however much of it there is, the broker sends a few at a time.
     *
     * @param selector JMS selector
     * @param most messages to show
     */
    public void read(String name, String selector, int most, ForeignMessages foreign, Reader reader)
            throws JMSException {
        List<ForeignMessages.Found> others = new ArrayList<>();
        AtomicInteger seen = new AtomicInteger();
        look(name, (session, queue) -> {
            browse(session, queue, selector, message -> {
                Optional<String> problem = reader.read(message);
                if (problem.isPresent() && foreign.isToMove(name, message)) {
                    others.add(ForeignMessages.Found.of(message, problem.get()));
                }
                return seen.incrementAndGet() < most && others.size() < ForeignMessages.MOST_AT_ONCE;
            });
            return others;
        });
        foreign.move(name, others);
    }

    /** Sees a message, and says whether to go on. */
    private interface Step {
        boolean sees(Message message) throws JMSException;
    }

    private static void browse(Session session, Queue queue, @Nullable String selector, Step step) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(queue, selector)) {
            BrowsedMessages messages = BrowsedMessages.of(browser);
            boolean goesOn = true;
            while (goesOn && messages.hasNext()) {
                goesOn = step.sees(messages.next());
            }
        }
    }

    /** The values of a text property of the messages that can be seen, up to some; bodies are not read. */
    public List<String> properties(String name, String property, int most) throws JMSException {
        return look(name, (session, queue) -> {
            List<String> values = new ArrayList<>();
            try (QueueBrowser browser = session.createBrowser(queue)) {
                BrowsedMessages messages = BrowsedMessages.of(browser);
                while (values.size() < most && messages.hasNext()) {
                    if (messages.next().getObjectProperty(property) instanceof String value) {
                        values.add(value);
                    }
                }
            }
            return values;
        });
    }

    /**
     * Shows the messages until the visitor has seen what it knows is there. If a browse ends before that (it may
     * end too early, and the broker may still load the queue), it goes on for at most two seconds. What the visitor
     * refuses is put aside, without its body being read.
     *
     * @param selector JMS selector; null = every message
     */
    public void show(String name, @Nullable String selector, ForeignMessages foreign, Visitor visitor)
            throws JMSException {
        List<ForeignMessages.Found> others = new ArrayList<>();
        look(name, (session, queue) -> {
            try (QueueBrowser browser = session.createBrowser(queue, selector)) {
                BrowsedMessages messages = BrowsedMessages.of(browser);
                for (int more = 0; more < MOST_LOOKS; more++) {
                    while (messages.hasNext()) {
                        Message message = messages.next();
                        Optional<String> problem = visitor.sees(message);
                        if (problem.isPresent()
                                && others.size() < ForeignMessages.MOST_AT_ONCE
                                && foreign.isToMove(name, message)) {
                            others.add(ForeignMessages.Found.of(message, problem.get()));
                        }
                    }
                    if (visitor.hasSeenAll() || !waited()) {
                        break;
                    }
                }
            }
            return true;
        });
        foreign.move(name, others);
    }

    /** Sees messages. */
    public interface Visitor {
        /** One of them: why it is not the bridge's, a sentence without its content; empty if it is. */
        Optional<String> sees(Message message) throws JMSException;

        /** Whether nothing is missing of what must be there. */
        boolean hasSeenAll();
    }

    private static boolean waited() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T look(String name, Look<T> look) throws JMSException {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            return look.at(session, queues.resolve(session, name));
        }
    }

    private interface Look<T> {
        T at(Session session, Queue queue) throws JMSException;
    }
}
