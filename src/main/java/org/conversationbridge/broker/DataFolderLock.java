// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Keeps a second process away from the journal: the broker itself would wait for ever, silently. */
final class DataFolderLock implements AutoCloseable {
    private static final String FILE = "in-use.lock";

    private final Path dataDir;
    private final FileChannel channel;

    private DataFolderLock(Path dataDir, FileChannel channel) {
        this.dataDir = dataDir;
        this.channel = channel;
    }

    /** @throws BrokerException when another process has it */
    static DataFolderLock acquire(Path dataDir) throws IOException {
        FileChannel channel =
                FileChannel.open(dataDir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new BrokerException(
                    "The data folder " + dataDir + " is in use by another process. Stop it, or give this one a folder"
                            + " of its own with DATA_DIR.",
                    null);
        }
        return new DataFolderLock(dataDir, channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Deletes all else in the folder. */
    void empty() throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(dataDir) && !file.equals(dataDir.resolve(FILE))) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
