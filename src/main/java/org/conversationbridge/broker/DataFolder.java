// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the embedded broker. What is in its journal, customers' addresses among it, is for its owner only: the
 * broker's folders are closed to others, whatever the mask of the process. A folder that was there before keeps its
 * own permissions, it may be anybody's.
 */
record DataFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** Creates it if it is not there yet. */
    static DataFolder open(Path path) throws IOException {
        if (!Files.exists(path)) {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            createClosed(path);
        }
        return new DataFolder(path);
    }

    /** A folder in it, which no other user may enter. */
    String closed(String name) throws IOException {
        Path folder = path.resolve(name);
        if (Files.exists(folder)) {
            close(folder);
        } else {
            createClosed(folder);
        }
        return folder.toString();
    }

    private static void createClosed(Path folder) throws IOException {
        Files.createDirectory(
                folder,
                isPosix(folder)
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0]);
    }

    private static void close(Path folder) {
        if (isPosix(folder)) {
            try {
                Files.setPosixFilePermissions(folder, OWNER_ONLY);
            } catch (IOException e) {
                LOG.warn(
                        "broker: other users may be able to read {}: its permissions cannot be changed ({})",
                        folder,
                        e);
            }
        }
    }

    private static boolean isPosix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
