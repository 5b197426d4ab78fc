// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.junit.jupiter.api.Test;

class WordlessExceptionTest {
    @Test
    void the_words_of_a_foreign_failure_are_left_out_and_its_stack_and_causes_are_kept() {
        Exception failure = new IllegalStateException("Anna", new ConnectException("connection refused"));

        String shown = ExceptionUtils.getStackTrace(new WordlessException(failure));

        assertThat(shown)
                .doesNotContain("Anna")
                .contains("WordlessException: java.lang.IllegalStateException")
                .contains("WordlessException: java.net.ConnectException: connection refused")
                .contains("at " + WordlessExceptionTest.class.getName());
    }

    @Test
    void a_circle_of_causes_ends() {
        Exception one = new IllegalStateException();
        one.initCause(new IllegalArgumentException(one));

        assertThat(ExceptionUtils.getThrowableList(new WordlessException(one))).hasSizeLessThan(20);
    }
}
