// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.quoted;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.State;
import org.conversationbridge.settings.PrivacySettings;
import org.conversationbridge.settings.PrivacySettings.Original;
import org.conversationbridge.settings.PrivacySettings.Treatment;
import org.conversationbridge.settings.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final Agent agent = new Agent("u-1", "Blue Agent", "p-2", "primary", "connected-latest", Instant.EPOCH);
    private final Conversation read = new Conversation(
            "c-1",
            "voice",
            "inbound",
            State.CONNECTED,
            Instant.EPOCH,
            null,
            null,
            agent,
            List.of(agent),
            new Customer("p-1", "tel:+15555550123", "contact-0001", Map.of("tier", "gold", "pin", "1234")),
            List.of("d-1"),
            Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({
        "KEEP, tel:+15555550123, contact-0001, Blue Agent",
        "MASK, tel:+*******0123, ********0001, ******gent",
        "DROP, , ,"
    })
    void each_field_is_treated_as_set(
            Treatment treatment, @Nullable String address, @Nullable String contact, @Nullable String name) {
        for (Treatment other : new Treatment[] {Treatment.KEEP, Treatment.DROP}) {
            assertThat(customer(settings(treatment, other, other, Set.of())).address())
                    .isEqualTo(address);
            assertThat(customer(settings(other, treatment, other, Set.of())).externalContactId())
                    .isEqualTo(contact);
            Conversation left = new Privacy(settings(other, other, treatment, Set.of())).apply(read);
            assertThat(left.agent())
                    .isEqualTo(new Agent("u-1", name, "p-2", "primary", "connected-latest", Instant.EPOCH));
            assertThat(left.agents()).containsExactly(left.agent());
        }
    }

    @Test
    void a_hash_is_the_same_for_the_same_value_and_another_with_another_key() throws Exception {
        PrivacySettings hashing = settings(Treatment.HASH, Treatment.HASH, Treatment.HASH, Set.of());
        Customer once = customer(hashing);
        Customer again = customer(hashing);

        assertThat(again).isEqualTo(once);
        assertThat(once.address()).matches("[0-9a-f]{64}").isNotEqualTo(once.externalContactId());
        assertThat(new KeyedHash(new Secret("another key that is as long as it must be")).of("tel:+15555550123"))
                .isNotEqualTo(once.address());
    }

    /** RFC 4231, test case 2. */
    @Test
    void a_hash_is_the_one_of_the_standard() {
        assertThat(new KeyedHash(new Secret("Jefe")).of("what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void only_attributes_that_are_listed_are_handed_on() {
        assertThat(customer(keeping(Set.of())).attributes()).isEmpty();
        assertThat(customer(keeping(Set.of("tier", "Pin"))).attributes()).containsExactly(Map.entry("tier", "gold"));
    }

    @Test
    void nothing_else_changes() {
        assertThat(new Privacy(keeping(Set.of("tier", "pin"))).apply(read)).isEqualTo(read);
        Conversation nobody = new Conversation(
                "c-1", "voice", null, State.QUEUED, null, null, null, null, List.of(), null, List.of(), null);
        assertThat(new Privacy(settings(Treatment.HASH, Treatment.MASK, Treatment.DROP, Set.of())).apply(nobody))
                .isEqualTo(nobody);
    }

    @Test
    void an_original_is_kept_without_the_attributes_that_are_not_listed() {
        String original = "{'participants':[{'attributes':{'tier':'gold','pin':'1234'}},{'attributes':'1234'},"
                + "{'calls':{'attributes':{'pin':'1234'}}}]}";

        assertThat(new Privacy(keeping(Set.of("tier"))).original(quoted(original)))
                .isEqualTo(quoted("{'participants':[{'attributes':{'tier':'gold'}},{},{'calls':{'attributes':{}}}]}")
                        .toString());
    }

    @Test
    void of_an_original_that_is_to_be_dropped_nothing_is_kept() {
        Privacy privacy = new Privacy(settings(Treatment.DROP, Treatment.DROP, Treatment.DROP, Set.of()));

        assertThat(privacy.original(quoted("{'id':'c-1'}"))).isEmpty();
        assertThat(privacy.original("no json")).isEmpty();
    }

    private Customer customer(PrivacySettings settings) {
        Customer customer = new Privacy(settings).apply(read).customer();
        assertThat(customer).isNotNull();
        return customer;
    }

    private static PrivacySettings keeping(Set<String> attributes) {
        return new PrivacySettings(
                Treatment.KEEP, Treatment.KEEP, Treatment.KEEP, new Secret(""), attributes, Original.KEEP);
    }

    private static PrivacySettings settings(
            Treatment address, Treatment contact, Treatment name, Set<String> attributes) {
        return new PrivacySettings(address, contact, name, new Secret(KEY), attributes, Original.DROP);
    }
}
