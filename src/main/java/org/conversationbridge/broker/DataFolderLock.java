// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process away from the journal: the broker itself would wait for ever, silently. */
final class DataFolderLock implements AutoCloseable {
    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws BrokerException when another process has it */
    static DataFolderLock acquire(Path dataDir) throws IOException {
        FileChannel channel =
                FileChannel.open(dataDir.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new BrokerException(
                    "The data folder " + dataDir + " is in use by another process. Stop it, or give this one a folder"
                            + " of its own with DATA_DIR.",
                    null);
        }
        return new DataFolderLock(channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
