// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.util.NetUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingFileTest {
    @TempDir
    private Path folder;

    @Test
    void the_one_that_is_shipped_is_right() {
        assertThat(LoggingFile.problems(Optional.of("config/log4j2.properties")))
                .isEmpty();
    }

    @Test
    void what_log4j_would_pass_over_is_named() throws Exception {
        assertThat(problems("# mine\nrootLogger.level = wran\nlogger.mine.level = ${LEVEL}\n".getBytes()))
                .containsExactly(file() + " line 2: rootLogger.level: there is no level 'wran'; did you mean warn?");
        assertThat(problems("\uFEFFstatus = warn\n".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .contains("begins with a byte order mark");
        assertThat(problems("a = b\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1)))
                .singleElement()
                .asString()
                .contains("line 2 is not UTF-8");
        assertThat(problems("appender.file.fileName = C:\\users\\x\n".getBytes()))
                .singleElement()
                .asString()
                .contains("is not a properties file", "A backslash is written twice");
    }

    @Test
    void one_that_is_missing_is_named_and_what_is_not_a_file_is_left_to_log4j() {
        assertThat(LoggingFile.problems(
                        Optional.of(folder.resolve("none.properties").toString())))
                .singleElement()
                .asString()
                .contains("none.properties cannot be read: no such file", "restore it from the distribution");
        assertThat(LoggingFile.problems(Optional.of("https://example.com/log4j2.xml")))
                .isEmpty();
        assertThat(LoggingFile.problems(Optional.of("a.properties,b.properties")))
                .isEmpty();
        assertThat(LoggingFile.problems(Optional.empty())).isEmpty();
    }

    /** Log4j takes a plus sign of a URI for a blank, a comma for the end of a name, and ${x} for a variable. */
    @Test
    void log4j_finds_one_in_any_folder() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("a+b %20c,${y}#d&\u00e9"));
        String file = Files.writeString(odd.resolve("log,4j2.properties"), "status = error\n")
                .toString();

        assertThat(LoggingFile.problems(Optional.of(file))).isEmpty();
        String location = LoggingFile.location(file).orElseThrow();

        assertThat(location).startsWith("file:///").doesNotContain(",", "${");
        assertThat(ConfigurationSource.fromUri(NetUtils.toURI(location)).getFile())
                .hasContent("status = error\n");
        assertThat(LoggingFile.location("classpath:log4j2.xml")).isEmpty();
        assertThat(LoggingFile.location("a.properties,b.properties")).isEmpty();
    }

    private List<String> problems(byte[] content) throws Exception {
        Files.write(file(), content);
        return LoggingFile.problems(Optional.of(file().toString()));
    }

    private Path file() {
        return folder.resolve("log4j2.properties");
    }
}
