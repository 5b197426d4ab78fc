// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.conversationbridge.broker.ListenerWatch;
import org.conversationbridge.broker.NoAnswerException;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.UnreadableTexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.IllegalStateException;
import org.springframework.jms.UncategorizedJmsException;

/**
 * The consumers of a route. One that waits for messages asks the broker every few seconds, over its own session,
 * whether it is still known there; if it is not, it is recreated. A session or consumer that was closed on the
 * broker without the connection does not inform the client: a transacted one finds out at its next commit, any other
 * would wait for ever. If even that question gets no answer, a {@link ReceiveWatch} breaks it off.
 */
public final class WatchedListener extends DefaultJmsMessageListenerContainer {
    /** Under the name of this class Spring logs, with stacks, what these lines and the broker's probe say in words. */
    private static final Logger LOG = LoggerFactory.getLogger(ListenerWatch.class);
    /** Consumers that come back one after another are not missing yet. */
    private static final int SHORT_IN_A_ROW = 2;

    private final String queue;
    private final boolean isCounted;
    private final ListenerWatch watch;
    private final UnreadableTexts texts;
    private int shortInARow;

    public WatchedListener(JmsEndpoint endpoint, ListenerWatch watch, UnreadableTexts texts) {
        super(endpoint);
        this.queue = endpoint.getDestinationName();
        this.isCounted = !endpoint.isPubSubDomain();
        this.watch = watch;
        this.texts = texts;
    }

    @Override
    protected void doInitialize() throws JMSException {
        watch.expect(queue, getConcurrentConsumers());
        super.doInitialize();
    }

    @Override
    protected void doShutdown() throws JMSException {
        watch.forget(queue);
        super.doShutdown();
    }

    @Override
    protected @Nullable Message receiveMessage(MessageConsumer consumer) throws JMSException {
        try {
            return super.receiveMessage(consumer);
        } catch (NoAnswerException e) {
            LOG.warn("the broker does not answer a consumer of {}, and does answer others; it is recreated", queue);
            throw e;
        }
    }

    @Override
    protected void messageReceived(Object consumer, Session session) {
        watch.works(queue, consumer);
        super.messageReceived(consumer, session);
    }

    /**
     * A failure is in the log already, in words, when it comes here. Spring logs it once more for debugging, under the
     * name of this class and as it is: the text of an exception may have what is in a conversation.
     */
    @Override
    protected void invokeListener(Session session, Message message) throws JMSException {
        try {
            super.invokeListener(session, message);
        } catch (RuntimeException e) {
            throw new UncategorizedJmsException(
                    "a message of " + queue + " is rolled back: " + e.getClass().getName());
        }
    }

    @Override
    protected void noMessageReceived(Object consumer, Session session) {
        super.noMessageReceived(consumer, session);
        if (watch.isToAsk(queue, consumer)) {
            ask(session);
            watch.isThere(queue, consumer);
        }
    }

    private void ask(Session session) {
        long known;
        try {
            known = isCounted ? QueueResolver.consumers(session, queue) : getConcurrentConsumers();
        } catch (JMSException e) {
            LOG.warn("consumer of {} does not reach the broker; it is recreated", queue);
            watch.failed(queue);
            throw new UncategorizedJmsException(e);
        }
        if (isShort(known)) {
            LOG.warn(
                    "the broker has {} of {} consumers of {}; they are recreated",
                    known,
                    getConcurrentConsumers(),
                    queue);
            watch.failed(queue);
            throw new IllegalStateException(new jakarta.jms.IllegalStateException("closed on the broker"));
        }
    }

    private synchronized boolean isShort(long known) {
        shortInARow = known < getConcurrentConsumers() ? shortInARow + 1 : 0;
        if (shortInARow < SHORT_IN_A_ROW) {
            return false;
        }
        shortInARow = 0;
        return true;
    }

    @Override
    protected void handleListenerSetupFailure(Throwable failure, boolean alreadyRecovered) {
        watch.failed(queue);
        if (failure instanceof IndexOutOfBoundsException) {
            texts.putAside(queue);
        }
        super.handleListenerSetupFailure(failure, alreadyRecovered);
    }
}
