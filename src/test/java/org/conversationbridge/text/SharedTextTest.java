// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTextTest {
    @Test
    void equal_texts_and_lists_are_kept_once() {
        assertThat(SharedText.of(text("queue-1"))).isSameAs(SharedText.of(text("queue-1")));
        assertThat(SharedText.of(text("queue-1"))).isNotSameAs(SharedText.of(text("queue-2")));
        assertThat(SharedText.orNull(null)).isNull();

        List<String> divisions = SharedText.of(new ArrayList<>(List.of(text("d-1"), text("d-2"))));

        assertThat(divisions).isSameAs(SharedText.of(List.of(text("d-1"), text("d-2"))));
        assertThat(divisions).isUnmodifiable().containsExactly("d-1", "d-2");
        assertThat(divisions.get(0)).isSameAs(SharedText.of(text("d-1")));
        assertThat(SharedText.of(List.of())).isEmpty();
    }

    /** As a reader makes it. */
    private static String text(String text) {
        return new StringBuilder(text).toString();
    }
}
