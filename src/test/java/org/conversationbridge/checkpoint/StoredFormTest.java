// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the bridge stores on the broker is what the files {@code golden/stored} have, byte for byte: the next version
 * reads what this one wrote. A line that changes there is a new format, see {@link CheckpointFormat}; a new case is a
 * new line.
 */
class StoredFormTest {
    private final ObjectMapper json = Json.mapper();

    enum Kind {
        CHECKPOINT("checkpoint", Entry.class, StoredCases.entries()),
        PAGES("pages", ChangePage.class, StoredCases.pages()),
        CORRECTIONS("corrections", AnnouncedCompletions.class, StoredCases.completions()),
        CHANGES("changes", ConversationChange.class, StoredCases.changes());

        private final String file;
        private final Class<?> type;
        private final List<?> cases;

        Kind(String file, Class<?> type, List<?> cases) {
            this.file = file;
            this.type = type;
            this.cases = cases;
        }

        List<String> golden() {
            return Fixtures.text("golden/stored/" + file + ".jsonl").lines().toList();
        }

        /** The fields that can be absent, as paths without the places in lists. */
        List<String> nullable() {
            return Fixtures.text("golden/stored/nullable.txt")
                    .lines()
                    .filter(line -> line.startsWith(file + " "))
                    .map(line -> line.substring(file.length() + 1))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_written_byte_for_byte_as_before(Kind kind) throws Exception {
        List<String> written = new ArrayList<>();
        for (Object stored : kind.cases) {
            written.add(json.writeValueAsString(stored));
        }

        assertThat(written).containsExactlyElementsOf(kind.golden());
    }

    @ParameterizedTest
    @EnumSource
    void is_read_as_it_was_and_written_again_as_it_was(Kind kind) throws Exception {
        List<Object> read = new ArrayList<>();
        for (String text : kind.golden()) {
            Object stored = json.readValue(text, kind.type);
            assertThat(json.writeValueAsString(stored)).isEqualTo(text);
            read.add(stored);
        }

        assertThat(read).isEqualTo(kind.cases);
    }

    /** What the version before wrote, in shares. */
    @Test
    void what_was_written_in_format_4_is_read_as_it_was() throws Exception {
        List<Entry> now = StoredCases.entries();
        List<Announced> announced = new ArrayList<>();
        for (String text :
                Fixtures.text("golden/stored/checkpoint-4.jsonl").lines().toList()) {
            Entry entry = json.readValue(text, Entry.class);
            assertThat(entry.isWhole()).isTrue();
            announced.addAll(entry.conversations().values());
        }

        assertThat(announced)
                .containsExactlyElementsOf(now.stream()
                        .flatMap(entry -> entry.conversations().values().stream())
                        .toList());
    }

    /** An entry must be no longer than it was cut for, and cut for not much more than it is. */
    @Test
    void the_length_that_entries_are_cut_by_is_theirs() throws Exception {
        for (Announced announced : StoredCases.announced().values()) {
            assertThat(announced.storedLength())
                    .isBetween(
                            json.writeValueAsString(announced).length(),
                            json.writeValueAsString(announced).length() + 60);
        }
    }

    /** Whether the cases are all there are. */
    @ParameterizedTest
    @EnumSource
    void has_every_field_that_can_be_absent_with_and_without_a_value(Kind kind) throws Exception {
        Map<String, Set<Boolean>> seen = new TreeMap<>();
        for (String text : kind.golden()) {
            note("", json.readTree(text), seen);
        }

        assertThat(seen.entrySet().stream()
                        .filter(field -> field.getValue().contains(false))
                        .map(Map.Entry::getKey))
                .containsExactlyElementsOf(kind.nullable());
        assertThat(seen.entrySet().stream()
                        .filter(field -> field.getValue().equals(Set.of(false)))
                        .map(Map.Entry::getKey))
                .as("fields that never have a value")
                .isEmpty();
    }

    /** Whether each field has a value, by its path without the places in lists. */
    private static void note(String path, JsonNode value, Map<String, Set<Boolean>> seen) {
        value.fields().forEachRemaining(field -> {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            seen.computeIfAbsent(name, unseen -> new TreeSet<>())
                    .add(!field.getValue().isNull());
            note(name, field.getValue(), seen);
        });
        value.elements().forEachRemaining(element -> {
            if (value.isArray()) {
                note(path, element, seen);
            }
        });
    }
}
