// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
    @ParameterizedTest
    @CsvSource({
        "tel:+15555550123, tel:+*******0123",
        "+15555550123, +*******0123",
        "sip:15555550123@example.com, sip:*******************.com",
        "anna@example.com, ************.com",
        "tel:+112, tel:+***",
        "1234567, *******",
        "12345678, ****5678",
        "'', ''",
        "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00,"
                + " ****\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
    })
    void the_scheme_and_the_last_four_characters_stay(String text, String masked) {
        assertThat(Mask.of(text)).isEqualTo(masked);
    }
}
