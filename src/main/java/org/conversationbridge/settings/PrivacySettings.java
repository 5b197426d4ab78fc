// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of personal data.
 *
 * @param address of the customer
 * @param externalContactId of the customer
 * @param agentName of every agent
 * @param hashKey of the keyed hash; there when a field is hashed
 * @param attributes names of the customer's participant attributes that are handed on
 * @param original of a conversation that cannot be read, on the error queue
 */
public record PrivacySettings(
        Treatment address,
        Treatment externalContactId,
        Treatment agentName,
        Secret hashKey,
        Set<String> attributes,
        Original original) {

    /** What becomes of a field. */
    public enum Treatment {
        /** As Genesys Cloud reports it. */
        KEEP,
        /** The scheme and the last characters stay. */
        MASK,
        /** A keyed hash: the same value always has the same. */
        HASH,
        /** Null. */
        DROP
    }

    /** What becomes of a document whose fields cannot be distinguished. */
    public enum Original {
        /** As it came, without the attributes that are not handed on. */
        KEEP,
        /** Nothing of it is kept. */
        DROP
    }

    private static final int SHORTEST_KEY = 32;

    public PrivacySettings {
        attributes = Set.copyOf(attributes);
    }

    static PrivacySettings from(Values values) {
        PrivacySettings settings = new PrivacySettings(
                values.choice("privacy.customer.address", Treatment.class),
                values.choice("privacy.customer.external-contact-id", Treatment.class),
                values.choice("privacy.agent.name", Treatment.class),
                values.secret("privacy.hash-key"),
                values.read("privacy.attributes", PrivacySettings::names),
                values.choice("privacy.original", Original.class));
        if (settings.fields().anyMatch(Treatment.HASH::equals)
                && settings.hashKey.reveal().length() < SHORTEST_KEY) {
            values.problem(
                    "privacy.hash-key",
                    "a field is to be hashed, and "
                            + (settings.hashKey.isEmpty() ? "there is no key" : "the key is short")
                            + "; set PRIVACY_HASH_KEY or PRIVACY_HASH_KEY_FILE to at least " + SHORTEST_KEY
                            + " random characters, the same in every process");
        }
        if (settings.original == Original.KEEP && !settings.fields().allMatch(Treatment.KEEP::equals)) {
            values.problem(
                    "privacy.original",
                    "a conversation that cannot be read cannot be masked, hashed or cut either, and would lie on"
                            + " error.queue with its addresses and names; set it to drop, or keep the three fields");
        }
        return settings;
    }

    private Stream<Treatment> fields() {
        return Stream.of(address, externalContactId, agentName);
    }

    private static Set<String> names(String text) {
        return Values.elements(text).collect(Collectors.toSet());
    }
}
