// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.settings.QueueSettings;

/**
 * The queues and what the broker is to do with them: the one place for both brokers. The broker inside is configured
 * with all of it; on an external one {@link QueueResolver} creates missing queues of the same kind, the address settings
 * are its administrator's (see README).
 */
public final class BrokerQueues {
    /** A message that was handed out this often goes to the dead-letter queue of its queue. */
    static final int MAX_DELIVERY_ATTEMPTS = 10;

    private static final long REDELIVERY_DELAY_MILLIS = 1_000;
    private static final long MAX_REDELIVERY_DELAY_MILLIS = 60_000;
    private static final long PAGING_ABOVE_BYTES = 20L * 1024 * 1024;

    private final QueueSettings names;

    public BrokerQueues(QueueSettings names) {
        this.names = names;
    }

    /** The result queue. */
    String results() {
        return names.enriched();
    }

    /** Every queue, the dead-letter queues last. */
    List<QueueConfiguration> queues() {
        return Stream.concat(
                        names.all().stream().map(this::ofItsKind),
                        names.all().stream().map(name -> queue(deadLetters(name))))
                .toList();
    }

    /** Per queue: redelivery, dead letters, paging to disk. */
    Map<String, AddressSettings> addressSettings() {
        return names.all().stream().collect(Collectors.toMap(name -> name, this::addressSettings));
    }

    private AddressSettings addressSettings(String name) {
        AddressSettings settings = new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(deadLetters(name)))
                .setMaxDeliveryAttempts(MAX_DELIVERY_ATTEMPTS)
                .setRedeliveryDelay(REDELIVERY_DELAY_MILLIS)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(MAX_REDELIVERY_DELAY_MILLIS)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(PAGING_ABOVE_BYTES);
        if (name.equals(names.pages()) || name.equals(names.checkpoint())) {
            // A page that waited for its redelivery, or was given up, would be overtaken: see the decision record.
            settings.setRedeliveryDelay(0).setMaxDeliveryAttempts(-1);
        }
        return settings;
    }

    private QueueConfiguration ofItsKind(String name) {
        QueueConfiguration queue = queue(name);
        if (name.equals(names.pollRequests())) {
            queue.setExclusive(true);
        } else if (name.equals(names.pages())) {
            queue.setGroupRebalance(true).setGroupRebalancePauseDispatch(true);
        } else if (name.equals(names.checkpoint()) || name.equals(names.current())) {
            queue.setLastValue(true).setNonDestructive(true);
        }
        return queue;
    }

    private static String deadLetters(String name) {
        return "DLQ." + name;
    }

    private static QueueConfiguration queue(String name) {
        return QueueConfiguration.of(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false);
    }
}
