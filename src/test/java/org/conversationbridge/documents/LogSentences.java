// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts of the program's source: what it logs at WARN or ERROR, and every other text. A value is "...". */
final class LogSentences {
    private static final Path SOURCE = Path.of("src/main/java");
    private static final Pattern STATEMENT = Pattern.compile(
            "\\bLOG\\s*\\.(?:(?:warn|error)\\(|atLevel\\((?=[^;]*Level\\.(?:WARN|ERROR))|at(?:Warn|Error)\\()");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern CONSTANT = Pattern.compile("^\\s*([A-Z][A-Z_]+),");

    /** One statement: where, and the text of it. */
    record Sentence(String file, String text) {}

    private LogSentences() {}

    /** What an operator can see at WARN or ERROR. The sandbox has no operator. */
    static List<Sentence> all() throws IOException {
        List<Sentence> all = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            Matcher statement = STATEMENT.matcher(source);
            while (statement.find()) {
                all.add(new Sentence(file.getFileName().toString(), text(source, statement.end())));
            }
        }
        return all;
    }

    /** Every text of every source file, those that follow one another joined. */
    static String allTexts() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : sources()) {
            all.append(joined(Files.readString(file))).append('\n');
        }
        return all.toString();
    }

    /** The statement's own text, or that of the constant it names, up to its end. */
    private static String text(String source, int start) {
        String statement = source.substring(start, source.indexOf(";\n", start));
        Matcher constant = CONSTANT.matcher(statement);
        if (constant.find()) {
            int at = source.indexOf("String " + constant.group(1) + " =");
            return joined(source.substring(at, source.indexOf(";\n", at)));
        }
        return joined(statement);
    }

    private static String joined(String source) {
        StringBuilder text = new StringBuilder();
        Matcher literal = LITERAL.matcher(source);
        int before = 0;
        while (literal.find()) {
            boolean isSame = source.substring(before, literal.start()).matches("\\s*\\+\\s*");
            text.append(isSame || text.length() == 0 ? "" : "\n").append(literal.group(1));
            before = literal.end();
        }
        return text.toString().replace("{}", "...").replace("\\\"", "\"");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("sandbox"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
