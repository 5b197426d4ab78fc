// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.UUID;
import org.conversationbridge.conversation.State;

/**
 * The identity of a message: a name-based UUID (version 5) of conversation, sequence and state, so that the same change
 * has the same id however often it is sent.
 */
final class MessageId {
    private static final UUID NAMESPACE = UUID.fromString("8f0c6d2e-6f0a-5f3e-9a54-3c1f5a5f2b7d");
    private static final NameBasedGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

    private MessageId() {}

    static String of(String conversationId, long sequence, State state) {
        return GENERATOR
                .generate(conversationId + "/" + sequence + "/" + state.label())
                .toString();
    }
}
