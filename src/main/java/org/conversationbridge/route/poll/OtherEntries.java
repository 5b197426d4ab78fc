// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.broker.QueueView;

/**
 * The messages of the checkpoint queue that are not of the snapshot that the head names: usually none. Their bodies are
 * not read.
 */
final class OtherEntries implements QueueView.Reader {
    /** Property of the snapshot that an entry is of. */
    static final String SNAPSHOT = "snapshot";

    private final Set<String> expected;
    private final Set<String> overwritten = new HashSet<>();
    private final Set<String> superfluous = new HashSet<>();

    /** @param expected keys that the head names */
    OtherEntries(Set<String> expected) {
        this.expected = expected;
    }

    @Override
    public Optional<String> read(Message message) throws JMSException {
        Object key = message.getObjectProperty(ReadEntries.KEY);
        boolean isOfASnapshot = message.getObjectProperty(SNAPSHOT) instanceof String;
        if (!(key instanceof String name) || !isKey(name)) {
            return Optional.of("Its last-value key is not one of the bridge's.");
        } else if (isOfASnapshot) {
            if (!expected.contains(name)) {
                superfluous.add(name);
            }
            return Optional.empty();
        }
        if (expected.contains(name)) {
            overwritten.add(name);
        }
        return Optional.of("It is not a checkpoint entry.");
    }

    private static boolean isKey(String key) {
        return key.matches("(part|delta)-\\d{4,5}");
    }

    /** Keys that the head names and that something else is in place of. */
    Set<String> overwritten() {
        return overwritten;
    }

    /** Keys of entries of another snapshot, where the head names none. */
    Set<String> superfluous() {
        return superfluous;
    }
}
