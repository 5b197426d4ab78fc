// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a message: a name-based UUID (version 5) of the fact that it reports, so that the same fact has the
 * same id however often it is sent, and no id stands for two facts.
 *
 * <ul>
 *   <li>{@code started}, {@code updated}: conversation, sequence, state and when it was observed
 *   <li>{@code ended}, {@code completed}: conversation, kind, end and content. The same end that is found again when
 *       it is forgotten has another sequence, but the same id. If the end is not known, so that two of them could
 *       not be distinguished, the sequence and when it was observed as well
 * </ul>
 */
final class MessageId {
    private static final UUID NAMESPACE = UUID.fromString("8f0c6d2e-6f0a-5f3e-9a54-3c1f5a5f2b7d");
    private static final NameBasedGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

    private MessageId() {}

    static String of(ConversationChange change) {
        Conversation conversation = change.conversation();
        Instant end = conversation.endedAt();
        Completion completion = change.completion();
        String moment = change.sequence() + "/" + conversation.state().label() + "/"
                + change.observedAt().toEpochMilli();
        String fact = !change.tellsEnd()
                ? moment
                : change.eventType()
                        + "/"
                        + (end == null ? moment : Long.toString(end.toEpochMilli()))
                        + "/"
                        + (completion == null ? content(conversation) : content(completion, end));
        return GENERATOR.generate(conversation.conversationId() + "/" + fact).toString();
    }

    /** Ids only: a name may become known between two findings of the same. */
    private static String content(Conversation ended) {
        QueueRef queue = ended.queue();
        return ended.mediaType() + "/" + ended.direction() + "/" + (queue == null ? null : queue.id())
                + ended.agents().stream().map(Agent::userId).sorted().collect(Collectors.joining(",", "/", ""));
    }

    private static String content(Completion completion, @Nullable Instant end) {
        return completion.isCorrection() + "/" + completion.fingerprint(end);
    }
}
