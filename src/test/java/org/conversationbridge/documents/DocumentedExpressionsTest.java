// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.apache.camel.support.DefaultExchange;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestNames;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.settings.DeliverySettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each expression over a conversation that the documents and the shipped routes show, evaluated for a conversation in
 * which everything is missing that may be.
 */
class DocumentedExpressionsTest {
    private static final Pattern EXPRESSION =
            Pattern.compile("\\$\\{(?:body|variable\\.(?:change|page|message))[^{}]*}");
    private static final Pattern OF_CHANGE = Pattern.compile("body\\.(?:conversation\\b|eventType|sequence).*");

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    private final Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final ConversationChange change = new ConversationChange(
            "conversation.updated",
            2,
            now,
            new Conversation(
                    "c-1", "unknown", null, State.QUEUED, null, null, null, null, List.of(), null, List.of(), null));
    private final Object message = new MessageComposer(
                    new DeliverySettings(
                            Map.of("updated", new DeliverySettings.Qos(4, Duration.ZERO)),
                            Fixtures.CLOUD_EVENTS,
                            Duration.ofSeconds(30)),
                    5,
                    TestNames.off(Clock.systemUTC()),
                    Clock.systemUTC())
            .compose(change, AgentHistory.none(now));

    @BeforeAll
    static void start() {
        CAMEL.start();
    }

    @AfterAll
    static void stop() {
        CAMEL.stop();
    }

    @Test
    void each_can_be_evaluated_where_everything_optional_is_missing() throws IOException {
        Set<String> documented = shownIn(Stream.of(Path.of("docs/change.md")));
        assertThat(documented).contains("${body.conversation?.queue?.id}", "${body.conversation.direction}");

        documented.forEach(this::evaluates);
    }

    @Test
    void so_can_those_of_the_routes_that_deliver() {
        Set<String> shipped = shownIn(Stream.of(
                        "34-deliver-or-park",
                        "35-deliver-conversation",
                        "36-wrap-in-cloud-event",
                        "37-deliver-message",
                        "38-replace-current")
                .map(name -> Path.of("routes", name + ".camel.yaml")));
        assertThat(shipped).contains("${variable.change.isLive}", "${variable.change.completion}");

        shipped.stream().filter(expression -> !expression.equals("${body}")).forEach(this::evaluates);
    }

    @Test
    void a_question_mark_behind_what_is_missing_is_too_late() {
        assertThatThrownBy(() -> evaluate("${body.conversation.queue?.id}", change))
                .isInstanceOf(RuntimeBeanExpressionException.class);
    }

    private void evaluates(String expression) {
        boolean isOfChange = OF_CHANGE.matcher(expression.substring(2)).matches();
        assertThatCode(() -> evaluate(expression, isOfChange ? change : message))
                .as(expression)
                .doesNotThrowAnyException();
    }

    private void evaluate(String expression, Object body) {
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.getMessage().setBody(body);
        exchange.setVariable("change", change);
        exchange.setVariable("page", new ChangePage("poll", 0, List.of(change)));
        CAMEL.resolveLanguage("simple").createExpression(expression).evaluate(exchange, Object.class);
    }

    private static Set<String> shownIn(Stream<Path> files) {
        Set<String> shown = new TreeSet<>();
        files.forEach(file -> EXPRESSION
                .matcher(text(file))
                .results()
                .map(found -> found.group())
                .forEach(shown::add));
        // Shown as a mistake.
        shown.remove("${body.medaType}");
        return shown;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
