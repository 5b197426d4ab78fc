// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQQueueBrowser;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped configuration of the log shows, and how. */
class ShippedLogTest {
    private static final String BROKER = "org.apache.activemq.artemis.core.server";

    private final Configuration shipped = ConfigurationFactory.getInstance()
            .getConfiguration(
                    (LoggerContext) LogManager.getContext(false),
                    "shipped",
                    Path.of("config/log4j2.properties").toAbsolutePath().toUri());

    ShippedLogTest() {
        shipped.initialize();
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "brief"})
    void a_line_begins_with_date_and_zone(String appender) {
        assertThat(line(appender, event("org.conversationbridge.poll.PollLog", Level.INFO, "poll found=1")))
                .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO +PollLog poll found=1\\R");
    }

    @Test
    void what_log_steps_of_routes_say_is_shown() {
        assertThat(shipped.getLoggerConfig("routes.deliver-conversation").getLevel())
                .isEqualTo(Level.INFO);
    }

    @Test
    void what_a_route_cannot_handle_is_one_short_line_without_its_way_through_it() {
        String logger = "org.apache.camel.processor.errorhandler.DefaultErrorHandler";
        String told = "Failed delivery. Exhausted after delivery attempt: 1" + "\n\tat a step".repeat(1_000);

        assertThat(shipped.getLoggerConfig(logger).getAppenders()).containsOnlyKeys("brief");
        assertThat(line("brief", event(logger, Level.ERROR, told)))
                .endsWith("Failed delivery. Exhausted after delivery attempt: 1" + System.lineSeparator());
    }

    /** What expires on the current queue is out of date, and meant to vanish. */
    @ParameterizedTest
    @CsvSource({
        "AMQ222147: Messages are being expired on queue genesys.conversations.current, DENY",
        "AMQ222165: No Dead Letter Address configured for queue DLQ.genesys.bridge.events, DENY",
        "AMQ222166: No Expiry Address configured for queue genesys.bridge.events, DENY",
        "AMQ222210: Free storage space is at 1GB, NEUTRAL"
    })
    void of_the_broker_inside_only_what_is_wrong_is_shown(String said, Filter.Result result) {
        Filter filter = Objects.requireNonNull(shipped.getLoggerConfig(BROKER).getFilter());

        assertThat(filter.filter(event(BROKER, Level.WARN, said))).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "AMQ134002: Queue Browser failed to create message ClientMessageImpl[messageID=23], DENY",
        "AMQ134000: Error in something else, NEUTRAL"
    })
    void a_message_with_an_incomplete_body_is_left_to_the_line_of_the_bridge(String text, Filter.Result result) {
        String logger = ActiveMQQueueBrowser.class.getPackageName();
        Filter filter = Objects.requireNonNull(shipped.getLoggerConfig(logger).getFilter());

        assertThat(filter.filter(event(logger, Level.ERROR, text))).isEqualTo(result);
    }

    private String line(String appender, LogEvent event) {
        return new String(
                shipped.<org.apache.logging.log4j.core.Appender>getAppender(appender)
                        .getLayout()
                        .toByteArray(event),
                StandardCharsets.UTF_8);
    }

    private static LogEvent event(String logger, Level level, String message) {
        return Log4jLogEvent.newBuilder()
                .setLoggerName(logger)
                .setLevel(level)
                .setMessage(new SimpleMessage(message))
                .build();
    }
}
