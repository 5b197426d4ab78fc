// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conversationbridge.documents.LogSentences.Sentence;
import org.junit.jupiter.api.Test;

/**
 * Every failure code, and every sentence that an operator sees at WARN or ERROR, has a row; and no row is of what is
 * gone.
 */
class TroubleshootingDocumentationTest {
    private static final Path PAGE = Path.of("docs/troubleshooting.md");
    private static final Pattern CODE = Pattern.compile("(?m)^[A-Z]+(?:_[A-Z]+)+$");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    /** In the shape of a code, and none. */
    private static final Set<String> NO_CODES = Set.of(
            "CACHE_CONSUMER",
            "GENESYS_CLIENT_ID",
            "GENESYS_CLIENT_SECRET",
            "CONNECTION_CLOSED",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS");
    /** Statements whose sentence is made elsewhere: those sentences have rows of their own. */
    private static final Set<String> MADE_ELSEWHERE = Set.of("...", "poll: ...", "broker: ...");

    private static final Set<String> ELSEWHERE = Set.of(
            "broker not reachable",
            "broker refuses messages",
            "broker blocks all producers",
            "broker blocks producers of",
            "live conversations disappeared without an end",
            "Queue ... is ...; it must be",
            "has address-full-policy",
            "differ from what the bridge needs");
    /** What Genesys Cloud says. */
    private static final Set<String> OF_OTHERS = Set.of("invalid_client");

    private static final String BROKER = "/org/apache/activemq/artemis/core/server/ActiveMQServerLogger_impl.class";
    private static final String BROKER_MESSAGES =
            "/org/apache/activemq/artemis/core/server/ActiveMQMessageBundle_impl.class";
    private static final String CLIENT = "/org/apache/activemq/artemis/core/client/ActiveMQClientLogger_impl.class";
    private static final String JMS_CLIENT =
            "/org/apache/activemq/artemis/jms/client/ActiveMQJMSClientLogger_impl.class";
    /** What Artemis and Camel log at WARN or ERROR beside a running bridge, each with the class file that has the text. */
    private static final Map<String, String> OF_LIBRARIES = Map.ofEntries(
            Map.entry("AMQ222149", BROKER),
            Map.entry("AMQ222061", BROKER),
            Map.entry("AMQ222107", BROKER),
            Map.entry("AMQ222216", BROKER),
            Map.entry("AMQ222210", BROKER),
            Map.entry("AMQ222212", BROKER),
            Map.entry("AMQ222183", BROKER),
            Map.entry("AMQ222059", BROKER),
            Map.entry("AMQ222309", BROKER),
            Map.entry("AMQ224049", BROKER),
            Map.entry("AMQ222010", BROKER),
            Map.entry("AMQ224000", BROKER),
            Map.entry("AMQ212037", CLIENT),
            Map.entry("AMQ212054", CLIENT),
            Map.entry("AMQ214016", CLIENT),
            Map.entry("AMQ134002", JMS_CLIENT),
            Map.entry("AMQ229031", BROKER_MESSAGES),
            Map.entry(
                    "Failed delivery for (MessageId",
                    "/org/apache/camel/processor/errorhandler/RedeliveryErrorHandler$RedeliveryTask.class"),
            Map.entry(
                    "Timeout occurred during graceful shutdown",
                    "/org/apache/camel/impl/engine/DefaultShutdownStrategy.class"));
    /** Camel joins the rest of it to this. */
    private static final String FIRST_PART = "Failed delivery for ";

    private static final int SHORTEST = 8;

    @Test
    void every_failure_code_has_a_row() throws Exception {
        List<String> spans = spans();

        assertThat(codes()).hasSizeGreaterThan(30);
        assertThat(codes()).filteredOn(code -> !spans.contains(code)).isEmpty();
    }

    @Test
    void every_sentence_that_is_logged_at_warn_or_error_has_a_row() throws IOException {
        List<String> spans = spans();

        assertThat(LogSentences.all())
                .hasSizeGreaterThan(40)
                .filteredOn(sentence -> !MADE_ELSEWHERE.contains(sentence.text()))
                .filteredOn(sentence -> spans.stream().noneMatch(span -> isOf(span, sentence)))
                .isEmpty();
        assertThat(spans).containsAll(ELSEWHERE);
    }

    @Test
    void what_artemis_and_camel_log_beside_a_running_bridge_has_a_row() throws IOException {
        List<String> spans = spans();

        assertThat(spans).containsAll(OF_LIBRARIES.keySet());
        assertThat(spans).filteredOn(span -> span.startsWith("AMQ")).isSubsetOf(OF_LIBRARIES.keySet());
        for (Map.Entry<String, String> each : OF_LIBRARIES.entrySet()) {
            String text = each.getKey().startsWith(FIRST_PART) ? FIRST_PART : each.getKey();
            assertThat(textOf(each.getValue()).contains(text)).as(each.getKey()).isTrue();
        }
    }

    /** A text of a class stands in its file as it is. */
    private static String textOf(String classFile) throws IOException {
        try (InputStream file = TroubleshootingDocumentationTest.class.getResourceAsStream(classFile)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void no_row_is_of_a_sentence_that_is_gone() throws Exception {
        String texts = LogSentences.allTexts();
        Set<String> codes = codes();

        assertThat(spans())
                .filteredOn(
                        span -> !codes.contains(span) && !OF_OTHERS.contains(span) && !OF_LIBRARIES.containsKey(span))
                .filteredOn(span -> Stream.of(span.split("\\.\\.\\."))
                        .map(String::strip)
                        .anyMatch(part -> part.length() >= SHORTEST && !texts.contains(part)))
                .isEmpty();
    }

    private static boolean isOf(String span, Sentence sentence) {
        return span.length() >= SHORTEST && sentence.text().contains(span);
    }

    /** The texts of the source in the shape of a code, and the names of the broker's failures. */
    private static Set<String> codes() throws Exception {
        Set<String> codes = new TreeSet<>();
        Matcher code = CODE.matcher(LogSentences.allTexts());
        while (code.find()) {
            codes.add(code.group());
        }
        for (Object failure : Class.forName("org.conversationbridge.broker.BrokerException$Case")
                .getEnumConstants()) {
            codes.add(failure.toString());
        }
        codes.removeAll(NO_CODES);
        return codes;
    }

    private static List<String> spans() throws IOException {
        return rows().stream().flatMap(row -> spansOf(row).stream()).toList();
    }

    private static List<String> spansOf(String row) {
        return SPAN.matcher(row.substring(0, row.indexOf(" | ", 2)))
                .results()
                .map(span -> span.group(1))
                .toList();
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }
}
