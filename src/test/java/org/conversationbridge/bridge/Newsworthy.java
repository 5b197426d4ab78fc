// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.conversationbridge.Fixtures;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/**
 * One more active conversation in each answer of analytics. It moves to another queue, or ends, when a test needs a
 * change.
 */
final class Newsworthy implements Fault {
    static final String ID = Fixtures.id(0x7e57);
    private static final int FIRST_QUEUE = 0x900000;

    private final AtomicInteger moves = new AtomicInteger(FIRST_QUEUE);
    private volatile String queueId = Fixtures.id(FIRST_QUEUE);
    private volatile boolean hasEnded;
    private final String begin = Instant.now().minusSeconds(60).toString();

    /** Moves it, and names the queue that it is in from now on. */
    String move() {
        moveTo(Fixtures.id(moves.incrementAndGet()));
        return queueId;
    }

    /** Moves it to a queue. */
    void moveTo(String another) {
        queueId = another;
    }

    /** Ends it: only a question that names it finds it from now on. */
    void end() {
        hasEnded = true;
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        if (answer.status() != 200 || !(hasEnded ? isNamed(request) : isFirstPage(request))) {
            return answer;
        }
        ObjectNode body = (ObjectNode) Fixtures.parse(answer.body());
        if (body.path("conversations") instanceof ArrayNode conversations) {
            conversations.add(conversation());
            body.put("totalHits", body.path("totalHits").asInt() + 1);
        }
        return answer.with(200, body.toString());
    }

    private static boolean isFirstPage(SandboxRequest request) {
        return request.path().endsWith("/details/query") && request.body().contains("\"pageNumber\":1}");
    }

    private static boolean isNamed(SandboxRequest request) {
        return request.path().endsWith("/details") && request.query().contains(ID);
    }

    private ObjectNode conversation() {
        ObjectNode conversation = (ObjectNode)
                Fixtures.quoted(("{'conversationId':'%s','conversationStart':'%s','originatingDirection':'inbound',"
                                + "'participants':[{'participantId':'%s','purpose':'acd','sessions':[{'sessionId':'%s',"
                                + "'mediaType':'voice','direction':'inbound','segments':[{'segmentType':'interact',"
                                + "'segmentStart':'%s','queueId':'%s'}]}]}]}")
                        .formatted(ID, begin, ID, ID, begin, queueId));
        if (hasEnded) {
            conversation.put("conversationEnd", Instant.now().toString());
        }
        return conversation;
    }
}
