// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts that the embedded broker keeps in a file of their own. One whose file was cut off, by a disk that was
 * full, can be read by no client: the client fails before any consumer sees the message, again and again, and all behind it
 * waits. At the start such a message goes to the dead letters of its queue.
 *
 * <p>Source of the format: Artemis writes a text as one byte (there is one), four bytes (its length in bytes) and the
 * text.
 */
final class LargeTexts {
    private static final Logger LOG = LoggerFactory.getLogger(LargeTexts.class);
    private static final int HEAD_BYTES = 5;

    private final Path folder;

    LargeTexts(Path folder) {
        this.folder = folder;
    }

    /** Puts aside what lacks a part of its body. */
    void putAsideIncomplete(ActiveMQServer server, BrokerQueues queues) throws Exception {
        if (isEmpty()) {
            return;
        }
        for (QueueConfiguration configured : queues.configurations()) {
            Queue queue = server.locateQueue(configured.getName());
            // Dead letters have nowhere to go to.
            if (queue != null && queue.getDeadLetterAddress() != null) {
                putAsideIncomplete(queue);
            }
        }
    }

    private void putAsideIncomplete(Queue queue) throws Exception {
        queue.flushExecutor();
        List<Long> incomplete = new ArrayList<>();
        try (LinkedListIterator<MessageReference> messages = queue.browserIterator()) {
            while (messages.hasNext()) {
                Message message = messages.next().getMessage();
                if (message.isLargeMessage() && isText(message) && !isComplete(message.getMessageID())) {
                    incomplete.add(message.getMessageID());
                }
            }
        }
        for (long id : incomplete) {
            queue.sendMessageToDeadLetterAddress(id);
            LOG.error(
                    "broker: message {} on {} has an incomplete body, probably because the disk was full, and was"
                            + " moved to {}; no client can read it. Its conversations are announced again when they"
                            + " change.",
                    id,
                    queue.getName(),
                    queue.getDeadLetterAddress());
        }
    }

    private static boolean isText(Message message) {
        return message.toCore().getType() == Message.TEXT_TYPE;
    }

    private boolean isComplete(long id) throws IOException {
        Path file = folder.resolve(id + ".msg");
        try (InputStream in = Files.newInputStream(file);
                DataInputStream head = new DataInputStream(in)) {
            boolean isThere = head.readByte() != 0;
            return !isThere || Files.size(file) >= HEAD_BYTES + (long) head.readInt();
        } catch (EOFException | NoSuchFileException e) {
            return false;
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
