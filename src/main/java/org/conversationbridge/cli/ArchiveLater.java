// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the class archive where it is missing, beside the work: once the first poll has succeeded and its messages had
 * time to be delivered, so that the classes of both are in it.
 */
final class ArchiveLater implements AutoCloseable {
    private static final Duration DELIVERY = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLEANING = Duration.ofSeconds(1);

    private final @Nullable Thread thread;

    /**
     * Nothing is started yet.
     *
     * @param archive that is missing
     * @param isPolled whether the first poll has succeeded
     */
    ArchiveLater(Optional<ClassArchive> archive, BooleanSupplier isPolled) {
        this(archive, isPolled, DELIVERY);
    }

    /** @param delivery how long the messages of the first poll take */
    ArchiveLater(Optional<ClassArchive> archive, BooleanSupplier isPolled, Duration delivery) {
        thread = archive.map(missing -> new Thread(() -> make(missing, isPolled, delivery), "class-archive"))
                .orElse(null);
    }

    /** Begins to wait. */
    void start() {
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void make(ClassArchive archive, BooleanSupplier isPolled, Duration delivery) {
        try {
            while (!isPolled.getAsBoolean()) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            Thread.sleep(delivery.toMillis());
            boolean unused = archive.makeBeside();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up what is not made yet; the next start tries again. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(LONGEST_CLEANING.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
