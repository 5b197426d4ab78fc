// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import org.conversationbridge.text.FileProblem;

/**
 * A PKCS12 key store with the private key and the certificate that a server shows.
 *
 * @param file where it is
 * @param password of the store and of the key in it; never shown
 */
public record ServerKeys(Path file, String password) {

    /**
     * Looks whether there is a key in it.
     *
     * @throws IllegalArgumentException saying what is wrong with the file
     */
    public static ServerKeys read(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            if (!hasKey(store)) {
                throw new IllegalArgumentException("'" + file + "' holds no private key");
            }
            return new ServerKeys(file.toAbsolutePath().normalize(), password);
        } catch (FileSystemException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read (" + FileProblem.of(e) + ")", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "'" + file + "' cannot be read as a PKCS12 key store with this password ("
                            + e.getClass().getSimpleName() + ")",
                    e);
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
