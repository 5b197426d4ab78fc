// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a queue on the broker is as it must be. One that is missing is created. One of another kind is fixed
 * where no message can be lost by that: in place where the broker may be asked to, else by creating it again while it
 * is empty and has no consumers. What is left is a fault, with the command that fixes it. Safe for many threads.
 */
final class QueueKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(QueueKeeper.class);

    private final Set<String> madeInVain = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> created = new ConcurrentHashMap<>();

    /** Changes a queue in place. */
    interface Update {
        /** Whether it was changed; false if that is not allowed. */
        boolean to(BrokerQueue queue) throws ActiveMQException;
    }

    /**
     * What is wrong with a queue after that; empty when nothing is.
     *
     * @throws ActiveMQException when the broker cannot be asked, or the queue is missing and may not be created
     */
    List<QueueFault> keep(BrokerQueue queue, ClientSession session, Update update) throws ActiveMQException {
        QueueQuery found = look(session, queue);
        if (!found.isExists()) {
            create(session, queue);
            found = look(session, queue);
        }
        if (!queue.isAsItMustBe(found) || queue.lackOfBuckets(found).isPresent()) {
            mend(queue, found, session, update);
            found = look(session, queue);
        }
        return Stream.of(queue.wrongKind(found), queue.lackOfBuckets(found))
                .flatMap(Optional::stream)
                .toList();
    }

    /** How often a queue was created here: since a smaller number it is another one. */
    int created(String name) {
        return created.getOrDefault(name, 0);
    }

    private void create(ClientSession session, BrokerQueue queue) throws ActiveMQException {
        session.createSharedQueue(queue.configuration());
        created.merge(queue.name(), 1, Integer::sum);
        LOG.info("broker: created queue {} ({})", queue.name(), queue.kind().words());
    }

    private void mend(BrokerQueue queue, QueueQuery found, ClientSession session, Update update)
            throws ActiveMQException {
        boolean mended = queue.canBeUpdated(found) && update.to(queue) && queue.isAsItMustBe(look(session, queue));
        if (mended || createAnew(session, queue)) {
            LOG.warn(
                    "broker: queue {} was {}; it was corrected and is now {}.",
                    queue.name(),
                    QueueKind.wordsFor(found),
                    queue.kind().words());
        }
    }

    /**
     * Asked again right before: what came meanwhile must not be lost. And once: a broker may make something else of it.
     */
    private boolean createAnew(ClientSession session, BrokerQueue queue) throws ActiveMQException {
        QueueQuery found = look(session, queue);
        boolean safe = found.isExists()
                && !queue.isAsItMustBe(found)
                && found.getMessageCount() == 0
                && found.getConsumerCount() == 0;
        if (!safe || madeInVain.contains(queue.name())) {
            return false;
        }
        try {
            session.deleteQueue(SimpleString.of(queue.name()));
        } catch (ActiveMQSecurityException e) {
            LOG.debug("broker: queue {} may not be deleted", queue.name(), e);
            return false;
        } catch (ActiveMQNonExistentQueueException e) {
            LOG.debug("broker: another process has deleted queue {}", queue.name(), e);
        }
        create(session, queue);
        if (queue.isAsItMustBe(look(session, queue))) {
            return true;
        }
        madeInVain.add(queue.name());
        return false;
    }

    private static QueueQuery look(ClientSession session, BrokerQueue queue) throws ActiveMQException {
        return session.queueQuery(SimpleString.of(queue.name()));
    }
}
