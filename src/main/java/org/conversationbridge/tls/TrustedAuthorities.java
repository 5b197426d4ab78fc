// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.conversationbridge.text.FileProblem;

/**
 * The certificate authorities of a PEM file, in place of those of the JVM: who is certified by none of them is not
 * trusted. Host names are checked by the user of the context.
 *
 * @param file where they stand
 * @param certificates at least one
 */
public record TrustedAuthorities(Path file, List<Certificate> certificates) {
    private static final int MARK = 2;

    public TrustedAuthorities {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads a PEM file with one or more certificates.
     *
     * @throws IllegalArgumentException saying what is wrong with the file
     */
    public static TrustedAuthorities read(Path file) {
        try (InputStream pem = new BufferedInputStream(Files.newInputStream(file))) {
            if (beginsWithMark(pem)) {
                throw new IllegalArgumentException(
                        "'" + file + "' begins with a byte order mark, which PEM readers reject. Save it as UTF-8"
                                + " without one");
            }
            List<Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("'" + file + "' holds no certificate");
            }
            return new TrustedAuthorities(file.toAbsolutePath().normalize(), certificates);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "'" + file + "' cannot be read (" + (Files.isDirectory(file) ? "it is a folder" : FileProblem.of(e))
                            + ")",
                    e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "'" + file + "' is not a PEM file of certificates (-----BEGIN CERTIFICATE-----)", e);
        }
    }

    /** Of UTF-8 or UTF-16, as some editors write it. */
    private static boolean beginsWithMark(InputStream pem) throws IOException {
        pem.mark(MARK);
        int first = pem.read();
        int second = pem.read();
        pem.reset();
        return (first == 0xEF && second == 0xBB)
                || (first == 0xFF && second == 0xFE)
                || (first == 0xFE && second == 0xFF);
    }

    /** A context that trusts only them. */
    public SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot trust the certificates of " + file, e);
        }
    }

    /** The file only. */
    @Override
    public String toString() {
        return file.toString();
    }
}
