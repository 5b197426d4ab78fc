// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conversationbridge.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What consumers read of outcomes and rules is what there is: each row of the page has conversations of its own. */
class OutcomesDocumentationTest {
    private static final Path PAGE = Path.of("docs/outcomes.md");
    private static final Path CONVERSATIONS = Path.of("src/test/resources/outcomes");

    /** A row of the table of rules. */
    private record Row(String rule, String outcome) {
        private List<Path> conversations() throws IOException {
            try (Stream<Path> all = Files.list(CONVERSATIONS)) {
                return all.filter(path -> path.getFileName().toString().startsWith(rule + "-"))
                        .sorted()
                        .toList();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_decides_on_the_conversations_that_carry_its_name(Row row) throws IOException {
        assertThat(row.conversations()).isNotEmpty().allSatisfy(path -> {
            JsonNode entity = Fixtures.parse(Files.readString(path));
            assertThat(rule(entity)).map(OutcomeRule::label).contains(row.rule());
            assertThat(CompletionReader.read(entity).outcome()).isEqualTo(row.outcome());
        });
    }

    @Test
    void none_of_the_words_fits_the_others() throws IOException {
        assertThat(new Row("none", "").conversations())
                .isNotEmpty()
                .allSatisfy(path ->
                        assertThat(rule(Fixtures.parse(Files.readString(path)))).isEmpty());
    }

    @Test
    void the_page_lists_the_rules_in_order_with_their_outcomes() throws IOException {
        assertThat(rules())
                .containsExactlyElementsOf(Stream.of(OutcomeRule.values())
                        .map(rule -> new Row(rule.label(), rule.outcome()))
                        .toList());
    }

    @Test
    void the_page_and_the_schema_list_the_outcomes() throws IOException {
        List<String> outcomes = cells("## Outcomes").map(cells -> cells.get(0)).toList();
        JsonNode schema = Fixtures.parse(Files.readString(Path.of("config/conversation-message.schema.json")));

        assertThat(outcomes)
                .containsExactlyInAnyOrderElementsOf(Stream.of(OutcomeRule.values())
                        .map(OutcomeRule::outcome)
                        .distinct()
                        .toList());
        assertThat(StreamSupport.stream(
                                schema.findValue("outcome").path("examples").spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(outcomes);
    }

    private static Optional<OutcomeRule> rule(JsonNode entity) {
        JsonObject conversation = JsonObject.conversation(entity, "conversationId");
        return OutcomeRule.of(new Course(conversation, Participation.of(conversation)));
    }

    private static List<Row> rules() throws IOException {
        return cells("## Rules")
                .map(cells -> new Row(cells.get(0), cells.get(1)))
                .toList();
    }

    private static Stream<List<String>> cells(String heading) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(2).replace("`", "").split(" \\| ")));
    }
}
