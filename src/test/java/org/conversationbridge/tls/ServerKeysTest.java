// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeysTest {
    @TempDir
    private static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void make() throws Exception {
        certificate = TestCertificate.of("dns:one", folder);
    }

    @Test
    void a_store_with_a_key_is_read_and_its_password_not_shown() {
        ServerKeys keys = ServerKeys.read(certificate.keys(), TestCertificate.PASSWORD);

        assertThat(keys).hasToString(certificate.keys().toString());
    }

    /** Java reads both types by the name of either. */
    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void a_wrong_password_is_named(String type) throws Exception {
        Path file = store(type, true);

        assertThat(ServerKeys.read(file, TestCertificate.PASSWORD).file()).isEqualTo(file);
        refuses(file, "guess", "cannot be read as a key store (its password is wrong)");
    }

    @Test
    void one_without_a_key_is_named() throws Exception {
        refuses(store("PKCS12", false), TestCertificate.PASSWORD, "holds no private key");
    }

    @Test
    void a_file_that_is_no_store_is_named_with_what_it_is() throws Exception {
        Path empty = Files.write(folder.resolve("empty.p12"), new byte[0]);
        Path cut = Files.write(folder.resolve("cut.p12"), Arrays.copyOf(Files.readAllBytes(certificate.keys()), 200));

        refuses(folder.resolve("none.p12"), "x", "(no such file or folder)");
        refuses(folder, "x", "(it is a folder)");
        refuses(empty, "x", "(it is empty)");
        refuses(cut, TestCertificate.PASSWORD, "(it is no store of type PKCS12, or is damaged)");
        refuses(certificate.pem(), "x", "(it is no store of type PKCS12, or is damaged)");
    }

    private static void refuses(Path file, String password, String why) {
        assertThatThrownBy(() -> ServerKeys.read(file, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + file + "' ")
                .hasMessageContaining(why);
    }

    private static Path store(String type, boolean withKey) throws Exception {
        KeyStore made =
                KeyStore.getInstance(Path.of(certificate.keys().toString()).toFile(), password());
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        if (withKey) {
            store.setKeyEntry("test", made.getKey("test", password()), password(), made.getCertificateChain("test"));
        }
        Path file = folder.resolve(type + withKey);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password());
        }
        return file;
    }

    private static char[] password() {
        return TestCertificate.PASSWORD.toCharArray();
    }
}
