// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for a name that certifies itself, made by the JDK's keytool.
 *
 * @param keys key and certificate, PKCS12
 * @param pem the certificate
 */
public record TestCertificate(Path keys, Path pem) {
    /** Of the key store. */
    public static final String PASSWORD = "test-keys";

    /** @param name as keytool writes a subject alternative name, for example {@code ip:127.0.0.1} */
    public static TestCertificate of(String name, Path folder) throws Exception {
        String file = name.replaceAll("[^a-z0-9]", "-");
        Path keys = folder.resolve(file + ".p12");
        Path pem = folder.resolve(file + ".pem");
        keytool(
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + name,
                "-ext",
                "bc=ca:true",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString());
        keytool("-exportcert", "-rfc", "-alias", "test", "-keystore", keys.toString(), "-file", pem.toString());
        return new TestCertificate(keys, pem);
    }

    /** For a server. */
    public KeyManagerFactory server() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        return factory;
    }

    private static void keytool(String... arguments) throws Exception {
        java.util.List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(java.util.List.of(arguments));
        command.addAll(java.util.List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }
}
