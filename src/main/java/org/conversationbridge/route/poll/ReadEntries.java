// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.failure.ForeignMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the checkpoint queue that have the key of an entry, one of each key, sorted into entries of this
 * version, of a newer one, and what is neither.
 */
final class ReadEntries implements QueueView.Reader {
    /** Property of the last-value key. */
    static final String KEY = "_AMQ_LVQ_NAME";

    private final ObjectMapper json;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> overwritten = new HashSet<>();
    private final Set<String> newer = new HashSet<>();
    private @Nullable UnknownCheckpointFormatException unknown;

    ReadEntries(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public Optional<String> read(Message message) throws JMSException {
        String key = message.getStringProperty(KEY);
        Optional<String> problem = ReceivedText.problem(message);
        if (problem.isEmpty()) {
            problem = read(key, ReceivedText.of(message));
        }
        if (problem.isPresent()) {
            overwritten.add(key);
        }
        return problem;
    }

    private Optional<String> read(String key, String text) {
        try {
            Entry entry = CheckpointFormat.read(json, text);
            if (entry == null || !entry.isWhole() || !entry.key().equals(key)) {
                return Optional.of("It is not a checkpoint entry.");
            }
            entries.add(entry);
            return Optional.empty();
        } catch (UnknownCheckpointFormatException e) {
            unknown = e;
            newer.add(key);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(String.valueOf(ForeignMessageException.of(e).getMessage()));
        }
    }

    /** Whether there is one of a newer version. */
    boolean hasNewer() {
        return unknown != null;
    }

    /** The entries that this version understands. */
    List<Entry> entries() {
        return entries;
    }

    /**
     * The same of a checkpoint of shares, which a newer version would have written anew as a whole: newer entries among
     * others were not written by it, and count as missing.
     *
     * @throws UnknownCheckpointFormatException when most are newer
     */
    List<Entry> ofThisVersion() {
        if (unknown != null && newer.size() > entries.size()) {
            throw unknown;
        }
        return entries;
    }

    /** Keys under which there is something else: the broker keeps one message of each, so that the entry is gone. */
    Set<String> overwritten() {
        return overwritten;
    }
}
