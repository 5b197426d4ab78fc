// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.settings.QueueSettings;

/**
 * The queues of the bridge and what the broker is to do with them: the one place for both brokers. The embedded broker
 * is configured with all of it. For one of your own it is in {@code config/artemis/broker.xml}; there {@link
 * QueueResolver} creates what is missing, and names what is otherwise.
 */
public final class BrokerQueues {
    /** Of the heap: at 2 GB 256 MB, for more than 20,000 live conversations. */
    private static final int HEAP_SHARE_OF_CURRENT = 8;
    /** Of the heap: at 2 GB 128 MB. */
    private static final int HEAP_SHARE_OF_CHECKPOINT = 16;

    /** If a client of JMS does not find a queue, it takes the one with this prefix (enable1xPrefixes of Artemis). */
    private static final String ALIAS = "jms.queue.";

    private final String results;
    private final List<String> browsed;
    private final List<String> consumed;
    private final List<BrokerQueue> ours;
    private final List<BrokerQueue> queues;

    public BrokerQueues(QueueSettings names) {
        this.results = names.enriched();
        this.consumed = List.of(names.pollRequests(), names.replays(), names.pages());
        this.browsed = List.of(
                names.checkpoint(),
                names.lease(),
                names.current(),
                names.corrections(),
                names.missingHistories(),
                names.error());
        this.ours = List.of(
                BrokerQueue.paged(names.pollRequests(), QueueKind.EXCLUSIVE, Redelivery.AFTER_A_PAUSE),
                BrokerQueue.paged(names.replays(), QueueKind.EXCLUSIVE, Redelivery.AFTER_A_PAUSE_FOR_EVER),
                // A page that waited for its redelivery, or was given up, would be overtaken: see the decision record.
                BrokerQueue.paged(names.pages(), QueueKind.SHARED_IN_ORDER, Redelivery.AT_ONCE_FOR_EVER),
                BrokerQueue.lastValue(names.checkpoint(), HEAP_SHARE_OF_CHECKPOINT, names.error()),
                // Given up, or kept back for a pause, it would stop every poll.
                BrokerQueue.paged(names.lease(), QueueKind.PLAIN, Redelivery.AT_ONCE_FOR_EVER),
                // Of a conversation in order, whatever a consumer rolls back.
                BrokerQueue.paged(names.enriched(), QueueKind.GROUPED, Redelivery.AT_ONCE),
                BrokerQueue.lastValue(names.current(), HEAP_SHARE_OF_CURRENT, names.error()),
                BrokerQueue.paged(names.events(), QueueKind.PLAIN, Redelivery.AFTER_A_PAUSE),
                BrokerQueue.paged(names.corrections(), QueueKind.PLAIN, Redelivery.AFTER_A_PAUSE),
                BrokerQueue.paged(names.missingHistories(), QueueKind.PLAIN, Redelivery.AFTER_A_PAUSE),
                BrokerQueue.paged(names.error(), QueueKind.PLAIN, Redelivery.AFTER_A_PAUSE));
        this.queues = Stream.concat(ours.stream(), ours.stream().map(BrokerQueue::deadLetters))
                .toList();
    }

    /** The result queue. */
    String results() {
        return results;
    }

    /** The queues that the bridge alone consumes. */
    List<String> consumed() {
        return consumed;
    }

    /** The queues that are looked at without taking anything. */
    List<String> browsed() {
        return browsed;
    }

    /** Every queue but the dead-letter queues. */
    List<BrokerQueue> ours() {
        return ours;
    }

    /** Every queue, the dead-letter queues last. */
    List<BrokerQueue> all() {
        return queues;
    }

    /** That of a name. */
    Optional<BrokerQueue> named(String name) {
        return queues.stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** What to create, the dead-letter queues last. */
    List<QueueConfiguration> configurations() {
        return queues.stream().map(BrokerQueue::configuration).toList();
    }

    /**
     * Per address: redelivery, dead letters, limits; and that no client creates by chance what a client of JMS asks
     * for where one of these is missing.
     *
     * @param heap of the broker, in bytes
     */
    Map<String, AddressSettings> addressSettings(long heap) {
        Map<String, AddressSettings> settings = new HashMap<>();
        for (BrokerQueue queue : queues) {
            settings.put(queue.name(), queue.addressSettings(heap));
            settings.put(
                    ALIAS + queue.name(),
                    new AddressSettings().setAutoCreateQueues(false).setAutoCreateAddresses(false));
        }
        return settings;
    }
}
