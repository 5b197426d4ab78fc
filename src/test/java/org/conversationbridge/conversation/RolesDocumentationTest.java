// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conversationbridge.Fixtures;
import org.junit.jupiter.api.Test;

/** What consumers read of roles and rules is what there is. */
class RolesDocumentationTest {
    private static final Path PAGE = Path.of("docs/roles.md");

    @Test
    void the_page_lists_the_rules_in_order_with_their_roles() throws IOException {
        List<String> rules = Stream.of(Rule.values())
                .map(rule -> "`" + rule.label() + "` | `" + rule.role().label() + "`")
                .toList();

        assertThat(rows("## Rules")).isEqualTo(rules);
    }

    @Test
    void the_page_and_the_schema_list_the_roles() throws IOException {
        List<String> roles = Stream.of(Role.values()).map(Role::label).toList();
        JsonNode schema = Fixtures.parse(Files.readString(Path.of("config/conversation-message.schema.json")));
        JsonNode allowed = schema.at("/$defs/agent/properties/role/examples");

        assertThat(rows("## Roles"))
                .isEqualTo(roles.stream().map(role -> "`" + role + "`").toList());
        assertThat(StreamSupport.stream(allowed.spliterator(), false).map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(roles);
    }

    /** The rows of a section's table without its last column. */
    private static List<String> rows(String heading) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.lastIndexOf(" | ")))
                .toList();
    }
}
