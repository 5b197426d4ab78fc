// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.util.Optional;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.settings.QueueSettings;

/**
 * A queue of the bridge: how it hands messages out, what becomes of one that was rolled back, and how much it holds.
 *
 * @param heapShare the part of the broker's heap, one in so many, that its messages may take
 * @param paged whether what is more goes to disk; else the sender is refused
 * @param deadLetterAddress where the broker puts what it gives up; empty = nowhere
 */
record BrokerQueue(
        String name, QueueKind kind, Redelivery redelivery, int heapShare, boolean paged, String deadLetterAddress) {
    /** Of paged queues. The two that are not, and all that are, stay below the half of the heap that Artemis uses. */
    private static final int USUAL_SHARE = 128;

    private static final long MOST_PAGE_BYTES = 64L << 20;

    /** One whose messages go to disk when they are many. */
    static BrokerQueue paged(String name, QueueKind kind, Redelivery redelivery) {
        String deadLetters = name.startsWith(QueueSettings.DEAD_LETTERS) ? "" : deadLetters(name);
        return new BrokerQueue(name, kind, redelivery, USUAL_SHARE, true, deadLetters);
    }

    /**
     * One that is in memory as a whole: a last-value queue that pages has entries of one key twice. No
     * client can take a message off it, so that no limit of attempts may. Its dead letters are the foreign messages
     * that the bridge has the broker move ({@link LastingMoves}).
     *
     * @param errors where these go
     */
    static BrokerQueue lastValue(String name, int heapShare, String errors) {
        return new BrokerQueue(name, QueueKind.LAST_VALUE, Redelivery.AT_ONCE_FOR_EVER, heapShare, false, errors);
    }

    /** Where the broker puts what this queue gives up. */
    BrokerQueue deadLetters() {
        return paged(deadLetters(name), QueueKind.PLAIN, Redelivery.AT_ONCE_FOR_EVER);
    }

    /** Name of the queue where the broker puts what another one gives up. */
    static String deadLetters(String name) {
        return QueueSettings.DEAD_LETTERS + name;
    }

    /** What to create. */
    QueueConfiguration configuration() {
        return kind.queue(name);
    }

    /**
     * The settings of its address. Only the bridge creates it: left to the first who uses it, it would be of no kind.
     * No expiry address: what expires here is out of date, and vanishes.
     *
     * @param heap of the broker, in bytes
     */
    AddressSettings addressSettings(long heap) {
        AddressSettings settings = redelivery
                .applyTo(new AddressSettings())
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setSendToDLAOnNoRoute(true)
                .setMaxSizeBytes(heap / heapShare)
                .setPageSizeBytes(Math.toIntExact(Math.min(heap / USUAL_SHARE / 2, MOST_PAGE_BYTES)))
                .setAddressFullMessagePolicy(paged ? AddressFullMessagePolicy.PAGE : AddressFullMessagePolicy.FAIL);
        if (!deadLetterAddress.isEmpty()) {
            settings.setDeadLetterAddress(SimpleString.of(deadLetterAddress));
        }
        return settings;
    }

    /** Whether a queue on the broker is this one. */
    boolean isAsItMustBe(QueueQuery found) {
        return hasItsFrame(found) && kind.is(found);
    }

    /** Whether it can become this one as it is, with what is on it. */
    boolean canBeUpdated(QueueQuery found) {
        return hasItsFrame(found) && kind.canBeUpdated() && !Boolean.TRUE.equals(found.isLastValue());
    }

    /**
     * Kept over a restart, whole, at its own address. That it goes with its last consumer, when it is empty
     * (auto-delete), is no harm: it comes back as it must be.
     */
    private boolean hasItsFrame(QueueQuery found) {
        return found.isDurable()
                && found.getRoutingType() == RoutingType.ANYCAST
                && name.equals(String.valueOf(found.getAddress()))
                && (found.getFilterString() == null || found.getFilterString().isEmpty())
                && !found.isPurgeOnNoConsumers()
                && (found.getRingSize() == null || found.getRingSize() < 0)
                && (found.getLastValueKey() == null || Message.HDR_LAST_VALUE_NAME.equals(found.getLastValueKey()));
    }

    /** What is wrong with it; empty when nothing is. */
    Optional<QueueFault> wrongKind(QueueQuery found) {
        if (isAsItMustBe(found)) {
            return Optional.empty();
        }
        String must = hasItsFrame(found)
                ? kind.words()
                : kind.words()
                        + ", durable, anycast, of its own address, without filter, ring size, purge and key of its own";
        return Optional.of(new QueueFault(
                name,
                "Queue " + name + " is " + QueueKind.wordsFor(found) + "; it must be " + must
                        + ". It is not replaced automatically, because it has messages (" + found.getMessageCount()
                        + ") or consumers (" + found.getConsumerCount()
                        + "), or the user of the bridge may not delete it. "
                        + remedy(found),
                true));
    }

    private String remedy(QueueQuery found) {
        String command = "artemis queue delete --name " + name + " --removeConsumers";
        String create = kind.canBeUpdated() && hasItsFrame(found)
                ? " Or apply config/artemis/broker.xml: Artemis changes the queue without loss."
                : "";
        return "Consume its messages, stop its consumers and run '" + command + "'; the bridge recreates it correctly."
                + create;
    }

    /** Whether its groups cost ever more memory. */
    Optional<QueueFault> lackOfBuckets(QueueQuery found) {
        return kind.lacksBuckets(found)
                ? Optional.of(new QueueFault(
                        name,
                        "Queue " + name
                                + " has no group buckets: each conversation costs 174 bytes of the broker's memory for"
                                + " as long as a consumer is connected. Set group-buckets=\"" + QueueKind.GROUP_BUCKETS
                                + "\", as in config/artemis/broker.xml.",
                        false))
                : Optional.empty();
    }

    /**
     * It is not there, and may not be created. Dead letters are where the administrator of the broker wants them then.
     */
    Optional<QueueFault> missing() {
        return name.startsWith(QueueSettings.DEAD_LETTERS)
                ? Optional.empty()
                : Optional.of(new QueueFault(
                        name,
                        "Queue " + name + " is missing, and the user of the bridge may not create it. Apply"
                                + " config/artemis/broker.xml, which defines it, or give the user createAddress and"
                                + " createDurableQueue.",
                        true));
    }
}
