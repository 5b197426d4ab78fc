// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the settings of the addresses let the bridge keep what it promises. Only a user who may manage the broker
 * sees them; where the bridge may not, the log says so once.
 */
final class AddressInspection {
    private static final Logger LOG = LoggerFactory.getLogger(AddressInspection.class);
    /** A large message in the broker's memory, generously: Artemis takes two bytes a character. */
    private static final long BYTES_PER_MESSAGE = 16 << 10;

    /** More are counted. */
    private static final int MOST_NAMES = 3;

    private final BrokerQueues queues;
    private final int pageSize;
    private boolean refused;

    /** @param pageSize messages of the largest transaction */
    AddressInspection(BrokerQueues queues, int pageSize) {
        this.queues = queues;
        this.pageSize = pageSize;
    }

    /** What is wrong with them; empty when nothing is, or they cannot be seen. */
    List<QueueFault> inspect(Connection connection) throws JMSException {
        List<QueueFault> faults = new ArrayList<>();
        Map<String, List<String>> differences = new LinkedHashMap<>();
        try (Management management = new Management(connection)) {
            for (BrokerQueue queue : queues.ours()) {
                Optional<String> json = management.addressSettings(queue.name());
                if (json.isEmpty()) {
                    tellRefusal();
                    return List.of();
                }
                AddressSettings found = AddressSettings.fromJSON(json.get());
                grave(queue, found).ifPresent(faults::add);
                if (management.isPaused(queue.name())) {
                    faults.add(paused(queue));
                }
                for (String difference : differences(queue, found)) {
                    differences
                            .computeIfAbsent(difference, unused -> new ArrayList<>())
                            .add(queue.name());
                }
            }
        }
        if (!differences.isEmpty()) {
            faults.add(new QueueFault(
                    "address settings",
                    "Address settings differ from what the bridge needs: "
                            + differences.entrySet().stream()
                                    .map(difference -> difference.getKey() + " ("
                                            + (difference.getValue().size() > MOST_NAMES
                                                    ? difference.getValue().size() + " queues"
                                                    : String.join(", ", difference.getValue()))
                                            + ")")
                                    .collect(Collectors.joining("; "))
                            + ". Copy them from config/artemis/broker.xml.",
                    false));
        }
        return faults;
    }

    /** A pause of a queue that others consume is theirs; the bridge goes on. */
    private QueueFault paused(BrokerQueue queue) {
        return new QueueFault(
                queue.name(),
                "Queue " + queue.name()
                        + " is paused on the broker, so that none of its messages is delivered. Resume it: operation"
                        + " resume of the queue in the console.",
                queues.consumed().contains(queue.name()));
    }

    private void tellRefusal() {
        if (!refused) {
            LOG.info("broker: address settings are not checked, because the user of the bridge lacks the permission"
                    + " manage on activemq.management. config/artemis/broker.xml has the required ones.");
        }
        refused = true;
    }

    private Optional<QueueFault> grave(BrokerQueue queue, AddressSettings found) {
        AddressFullMessagePolicy policy = found.getAddressFullMessagePolicy();
        if (policy == AddressFullMessagePolicy.DROP) {
            return Optional.of(new QueueFault(
                    queue.name(),
                    "The address of queue " + queue.name()
                            + " has address-full-policy DROP: messages would be lost silently."
                            + " Set PAGE, as in config/artemis/broker.xml.",
                    true));
        }
        long bytes = found.getMaxSizeBytes();
        long messages = found.getMaxSizeMessages();
        boolean tooSmall = (bytes > 0 && bytes < pageSize * BYTES_PER_MESSAGE) || (messages > 0 && messages < pageSize);
        return policy != AddressFullMessagePolicy.PAGE && tooSmall
                ? Optional.of(new QueueFault(
                        queue.name(),
                        "The address of queue " + queue.name() + " has address-full-policy " + policy
                                + " and a limit of "
                                + (bytes > 0 ? bytes + " bytes" : messages + " messages")
                                + ", which is less than a page of "
                                + pageSize + " messages (page.size; " + pageSize * BYTES_PER_MESSAGE
                                + " bytes): a page may never arrive. Raise max-size-bytes and max-size-messages, or lower"
                                + " page.size.",
                        true))
                : Optional.empty();
    }

    private static List<String> differences(BrokerQueue queue, AddressSettings found) {
        List<String> differences = new ArrayList<>();
        if (queue.redelivery().delayMillis() == 0 && found.getRedeliveryDelay() > 0) {
            differences.add("a redelivery-delay, in which later messages overtake");
        }
        if (queue.redelivery().attempts() == Redelivery.FOR_EVER && found.getMaxDeliveryAttempts() > 0) {
            differences.add("max-delivery-attempts, after which a message is dead-lettered");
        }
        if (!queue.paged() && found.getAddressFullMessagePolicy() == AddressFullMessagePolicy.PAGE) {
            differences.add("paging, after which it has entries twice");
        }
        if (found.getDeadLetterAddress() == null || found.getDeadLetterAddress().isEmpty()) {
            differences.add("no dead-letter-address, so that undeliverable messages are lost");
        }
        if (found.getExpiryAddress() != null && !found.getExpiryAddress().isEmpty()) {
            differences.add("an expiry-address, where expired messages stay");
        }
        if (found.isAutoCreateQueues()) {
            differences.add("auto-create-queues, so that the first client creates a plain queue");
        }
        return differences;
    }
}
