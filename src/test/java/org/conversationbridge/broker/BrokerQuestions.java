// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionSendMessage;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * What clients of this process ask the broker: questions about queues and addresses, beside messages and commits. Artemis
 * makes one of them itself where it is named in a URL ({@code outgoingInterceptorList}), so all count together.
 */
public final class BrokerQuestions implements Interceptor {
    private static final Map<Thread, Count> COUNTS = new ConcurrentHashMap<>();

    /** Of one thread, since the last {@link #forget}. */
    public record Count(Map<String, AtomicInteger> sent, AtomicInteger questions, AtomicInteger commits) {
        private Count() {
            this(new ConcurrentHashMap<>(), new AtomicInteger(), new AtomicInteger());
        }

        /** Messages to an address. */
        public int sentTo(String address) {
            AtomicInteger count = sent.get(address);
            return count == null ? 0 : count.get();
        }
    }

    /** Begins to count anew. */
    public static void forget() {
        COUNTS.clear();
    }

    /** Of each thread that has asked or sent something. */
    public static Iterable<Count> counts() {
        return COUNTS.values();
    }

    @Override
    public boolean intercept(Packet packet, RemotingConnection connection) {
        Count count = COUNTS.computeIfAbsent(Thread.currentThread(), thread -> new Count());
        if (packet instanceof SessionSendMessage send) {
            count.sent
                    .computeIfAbsent(String.valueOf(send.getMessage().getAddress()), address -> new AtomicInteger())
                    .incrementAndGet();
        }
        switch (packet.getType()) {
            case PacketImpl.SESS_QUEUEQUERY, PacketImpl.SESS_BINDINGQUERY -> count.questions.incrementAndGet();
            case PacketImpl.SESS_COMMIT -> count.commits.incrementAndGet();
            default -> {
                // Asks nothing about a queue.
            }
        }
        return true;
    }
}
