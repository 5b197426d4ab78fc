// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingSyntaxTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "log4j2.xml; <Configuration>|<Loggers>|</Configuration>; line 3: is not XML: The element type",
                "log4j2.XML; no markup; line 1: is not XML: ",
                "log4j2.yaml; Configuration:|  status: warn|   name: x; line 3: is not YAML: ",
                "log4j2.yml; Configuration: {|; line 2: is not YAML: ",
                "log4j2.json; {|  \"configuration\": {|  \"status\" \"warn\"|}}; line 3: is not JSON: ",
                "log4j2.jsn; {|; line 2: is not JSON: "
            })
    void a_file_that_log4j_cannot_read_is_named_with_the_line(String name, String text, String said) {
        assertThat(LoggingSyntax.problem(Path.of(name), text.replace('|', '\n')))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith(name + " " + said));
    }

    @Test
    void what_log4j_reads_is_right() {
        String header = "<?xml version=\"1.0\"?><!DOCTYPE Configuration SYSTEM \"none.dtd\">\n";

        assertThat(LoggingSyntax.problem(Path.of("a.xml"), header + "<Configuration status=\"warn\"/>"))
                .isEmpty();
        assertThat(LoggingSyntax.problem(Path.of("a.yaml"), "Configuration:\n  status: warn\n"))
                .isEmpty();
        assertThat(LoggingSyntax.problem(Path.of("a.json"), "/* mine */ {\"configuration\": {}}"))
                .isEmpty();
        assertThat(LoggingSyntax.problem(Path.of("log4j2.conf"), "anything")).isEmpty();
    }

    /** A file of settings is no place to read other files from. */
    @Test
    void an_entity_of_another_file_is_not_read() {
        String text = "<!DOCTYPE c [<!ENTITY e SYSTEM \"file:///no/such/file\">]>\n<c>&e;</c>";

        assertThat(LoggingSyntax.problem(Path.of("a.xml"), text).orElse("")).doesNotContain("no/such/file");
    }
}
