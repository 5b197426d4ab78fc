// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.activemq.artemis.core.io.IOCriticalErrorListener;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * Why the embedded broker ended by itself. Artemis stops for good at the first write that fails, because what is in
 * memory may not be on disk any more; only a start from the disk makes it sound again.
 */
final class BrokerEnd implements IOCriticalErrorListener, ActivateCallback {
    /** Below this no file of the journal can be written any more. */
    private static final long FULL_BELOW_BYTES = 16L * 1024 * 1024;

    private final Path dataDir;
    private final CompletableFuture<BrokerException> ended = new CompletableFuture<>();
    private volatile boolean wanted;

    BrokerEnd(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** Completed when it has ended by itself; never when that was wanted. */
    CompletableFuture<BrokerException> ended() {
        return ended;
    }

    /** From now on its end is wanted. */
    void want() {
        wanted = true;
    }

    @Override
    public void onIOException(Throwable cause, @Nullable String message, @Nullable String file) {
        end(failure(cause));
    }

    @Override
    public void stop(ActiveMQServer server) {
        end(failure(null));
    }

    @Override
    public void shutdown(ActiveMQServer server) {
        end(failure(null));
    }

    /** The sentence for a failure of the disk; without a cause only that it has ended. */
    BrokerException failure(@Nullable Throwable cause) {
        return new BrokerException(
                "The embedded broker has stopped, because " + reason(cause)
                        + ". Committed messages are kept: after a restart, work continues with them.",
                cause);
    }

    private void end(BrokerException failure) {
        if (!wanted) {
            ended.complete(failure);
        }
    }

    private String reason(@Nullable Throwable cause) {
        String told = cause == null ? "" : StringUtils.normalizeSpace(ExceptionUtils.getRootCauseMessage(cause));
        String says = told.isEmpty() ? "" : " (" + told + ")";
        if (told.contains("No space left") || told.contains("quota") || isFull()) {
            return "the disk of " + dataDir + " is full" + says + "; free space there";
        }
        if (cause == null) {
            return "no cause was reported; see the log lines of org.apache.activemq before this one";
        }
        return dataDir + " cannot be read or written" + says + "; check the disk and its permissions";
    }

    private boolean isFull() {
        try {
            return Files.getFileStore(dataDir).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
