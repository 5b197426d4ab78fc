// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The customer's side.
 *
 * @param attributes what flows and agents noted about the conversation, by name
 * @param address phone number, mail address or visitor id, as Genesys Cloud writes it
 */
public record Customer(
        @Nullable String participantId,
        @Nullable String address,
        @Nullable String externalContactId,
        Map<String, String> attributes) {

    public Customer {
        // A page that an older version wrote has none.
        attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** One of whom no attribute is known. */
    public Customer(@Nullable String participantId, @Nullable String address, @Nullable String externalContactId) {
        this(participantId, address, externalContactId, Map.of());
    }
}
