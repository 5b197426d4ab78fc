// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAuthoritiesTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_may_hold_several_certificates() throws Exception {
        String one = Files.readString(TestCertificate.of("dns:one", folder).pem());
        String two = Files.readString(TestCertificate.of("dns:two", folder).pem());
        Path both = Files.writeString(folder.resolve("both.pem"), one + two);

        TrustedAuthorities authorities = TrustedAuthorities.read(both);

        assertThat(authorities.certificates()).hasSize(2);
        assertThat(authorities.context()).isNotNull();
        assertThat(authorities).hasToString(both.toString());
    }

    @Test
    void a_file_that_is_missing_empty_or_something_else_is_refused() throws Exception {
        assertThatThrownBy(() -> TrustedAuthorities.read(folder.resolve("none.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read (no such file or folder)");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> TrustedAuthorities.read(empty)).hasMessageContaining("holds no certificate");
        Path other = Files.writeString(folder.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nx\n");
        assertThatThrownBy(() -> TrustedAuthorities.read(other)).hasMessageContaining("is not a PEM file");
    }

    @Test
    void a_folder_and_a_byte_order_mark_are_named() throws Exception {
        assertThatThrownBy(() -> TrustedAuthorities.read(folder)).hasMessageContaining("it is a folder");
        String pem = Files.readString(TestCertificate.of("dns:one", folder).pem());
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path marked = Files.write(folder.resolve("marked.pem"), ("\uFEFF" + pem).getBytes(charset));

            assertThatThrownBy(() -> TrustedAuthorities.read(marked))
                    .hasMessageContaining("begins with a byte order mark")
                    .hasMessageContaining("Save it as UTF-8 without one");
        }
        Path windows = Files.writeString(folder.resolve("windows.pem"), pem.replace("\n", "\r\n"));
        assertThat(TrustedAuthorities.read(windows).certificates()).hasSize(1);
    }
}
