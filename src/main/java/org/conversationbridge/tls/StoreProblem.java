// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.text.FileProblem;

/** Why a key store or a trust store cannot be read, in words: Java speaks of its bytes, and seldom of the reason. */
public final class StoreProblem {
    private StoreProblem() {}

    /**
     * The reason, as a part of a sentence.
     *
     * @param type what the file was read as, for example PKCS12
     * @param failure what Java said
     */
    public static String of(Path file, String type, Throwable failure) {
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        if (ExceptionUtils.indexOfType(failure, UnrecoverableKeyException.class) >= 0) {
            return "its password is wrong";
        }
        try {
            return Files.readAllBytes(file).length == 0
                    ? "it is empty"
                    : "it is no store of type " + type + ", or is damaged";
        } catch (IOException e) {
            return FileProblem.of(e);
        }
    }
}
