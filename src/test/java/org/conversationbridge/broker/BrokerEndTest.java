// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when the embedded broker ends by itself. */
class BrokerEndTest {
    private static final BrokerException NOT_ENDED = new BrokerException("it has not ended", null);

    @TempDir
    private Path dataDir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No space left on device | is full",
                "Disk quota exceeded | is full",
                "Input/output error | cannot be read or written",
                "Read-only file system | cannot be read or written",
                "Permission denied | cannot be read or written"
            })
    void the_cause_is_named_in_one_line(String cause, String named) {
        BrokerEnd end = new BrokerEnd(dataDir);

        end.onIOException(new RuntimeException("AMQ149000:\n failed", new IOException(cause)), "write", "file");

        assertThat(end.ended().getNow(NOT_ENDED))
                .hasMessageContaining(named)
                .hasMessageContaining(cause)
                .hasMessageContaining(dataDir.toString())
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("BROKER_URL");
    }

    @Test
    void the_first_cause_is_kept_and_a_wanted_end_is_none() {
        BrokerEnd end = new BrokerEnd(dataDir);
        end.onIOException(new IOException("Input/output error"), "write", "file");
        end.shutdown(null);
        BrokerEnd wanted = new BrokerEnd(dataDir);
        wanted.want();
        wanted.shutdown(null);

        assertThat(end.ended().getNow(NOT_ENDED)).hasMessageContaining("Input/output error");
        assertThat(wanted.ended()).isNotDone();
    }
}
