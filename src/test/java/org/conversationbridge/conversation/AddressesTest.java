// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of RFC 3966 (tel), RFC 3261 (sip) and RFC 6068 (mailto). */
class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:+15555550100",
                "+15555550100",
                " +1 555 555 0100 ",
                "+1 (555) 555-0100",
                "+1.555.555.0100",
                "+1\u00a0555\u20115550100",
                "TEL:+1-555-555-0100",
                "tel:+15555550100;ext=12",
                "+1 555 555 0100 ext. 12",
                "tel:%2B15555550100",
                "sip:+15555550100@example.org",
                "sips:+15555550100@example.org:5061;transport=tls",
                "sip:+15555550100@10.0.0.1;user=phone",
                "sip:+1-555-555-0100;phone-context=example.org@example.org"
            })
    void a_caller_has_one_address(String told) {
        assertThat(Addresses.canonical(told)).isEqualTo("tel:+15555550100");
    }

    @ParameterizedTest
    @CsvSource({
        "tel:5550100, tel:5550100",
        "tel:555-0100;phone-context=+1, tel:5550100",
        "sip:5550100@example.org;user=phone, tel:5550100",
        "sip:5550100@example.org, sip:5550100@example.org",
        "sip:anonymous@anonymous.invalid, sip:anonymous@anonymous.invalid",
        "tel:anonymous, tel:anonymous",
        "anonymous, anonymous",
        "visitor-99, visitor-99",
        "5550100, 5550100",
        "+1, +1",
        "Jane.Doe@example.com, Jane.Doe@example.com",
        "mailto:jane@example.com?subject=Order, jane@example.com",
        "00000062-0000-4000-8000-000000000062, 00000062-0000-4000-8000-000000000062"
    })
    void what_is_no_number_of_the_world_stays(String told, String expected) {
        assertThat(Addresses.canonical(told)).isEqualTo(expected);
    }
}
