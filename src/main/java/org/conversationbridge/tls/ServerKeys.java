// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/**
 * A PKCS12 key store with the private key and the certificate that a server shows.
 *
 * @param file where it is
 * @param password of the store and of the key in it; never shown
 */
public record ServerKeys(Path file, String password) {
    private static final String TYPE = "PKCS12";

    /**
     * Looks whether there is a key in it.
     *
     * @throws IllegalArgumentException saying what is wrong with the file
     */
    public static ServerKeys read(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(in, password.toCharArray());
            if (!hasKey(store)) {
                throw new IllegalArgumentException("'" + file + "' holds no private key");
            }
            return new ServerKeys(file.toAbsolutePath().normalize(), password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "'" + file + "' cannot be read as a key store (" + StoreProblem.of(file, TYPE, e) + ")", e);
        }
    }

    private static boolean hasKey(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    /** The file only. */
    @Override
    public String toString() {
        return file.toString();
    }
}
