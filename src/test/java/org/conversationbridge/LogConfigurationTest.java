// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What libraries warn of in normal runs, and the shipped configuration leaves out; and that it leaves out nothing else.
 */
class LogConfigurationTest {
    private static final String BROKER = "org.apache.activemq.artemis.core.server";

    private static Configuration shipped;

    @BeforeAll
    static void load() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        shipped = ConfigurationFactory.getInstance()
                .getConfiguration(
                        context,
                        "shipped",
                        Path.of("config/log4j2.properties").toAbsolutePath().toUri());
        shipped.initialize();
    }

    @Test
    void a_gauge_that_camel_registers_twice_is_left_out_and_any_other_is_logged() {
        String text = "This Gauge has been already registered (MeterId{name='%s', tags=[]}), the registration will be"
                + " ignored. Note that subsequent logs will be logged at debug level.";
        String logger = "io.micrometer.core.instrument.MeterRegistry";

        assertThat(isWritten(logger, text.formatted("camel.exchanges.last.timestamp")))
                .isFalse();
        assertThat(isWritten(logger, text.formatted("camel.exchanges.inflight")))
                .isTrue();
    }

    @Test
    void queues_without_an_expiry_address_are_not_logged_and_a_full_disk_is() {
        assertThat(isWritten(BROKER, "AMQ222147: Messages are being expired on queue genesys.conversations.current"))
                .isFalse();
        assertThat(isWritten(BROKER, "AMQ222210: Free storage space is at 10.0MB of 1.0GB total."))
                .isTrue();
    }

    private static boolean isWritten(String logger, String text) {
        LogEvent event = Log4jLogEvent.newBuilder()
                .setLoggerName(logger)
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(text))
                .build();
        LoggerConfig config = shipped.getLoggerConfig(logger);
        return event.getLevel().isMoreSpecificThan(config.getLevel())
                && (config.getFilter() == null || config.getFilter().filter(event) != Filter.Result.DENY);
    }
}
