// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/**
 * Every line of the log while a test runs, as the shipped configuration writes it, with root at debug and the bridge at
 * trace. What the shipped levels let pass is listed separately.
 */
final class LoggedText extends AbstractAppender implements AutoCloseable {
    static final String SHIPPED = "log, levels as shipped";
    static final String TRACE = "log, org.conversationbridge at trace";
    static final String LIBRARIES = "log, everything else at debug";

    private static final URI CONFIGURATION =
            Path.of("config/log4j2.properties").toAbsolutePath().toUri();

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final @Nullable URI before = context.getConfigLocation();
    private final Configuration shipped;
    private final Layout<?> layout;
    private final Failures failures;
    private volatile Surfaces surfaces;

    private LoggedText(Surfaces surfaces, Failures failures) {
        super("canary", null, null, true, Property.EMPTY_ARRAY);
        this.surfaces = surfaces;
        this.failures = failures;
        this.shipped = ConfigurationFactory.getInstance().getConfiguration(context, "shipped", CONFIGURATION);
        shipped.initialize();
        this.layout = shipped.getAppender("console").getLayout();
    }

    static LoggedText begin(Surfaces surfaces, Failures failures) {
        LoggedText text = new LoggedText(surfaces, failures);
        text.start();
        text.context.setConfigLocation(CONFIGURATION);
        LoggerConfig root = text.context.getConfiguration().getRootLogger();
        root.removeAppender("console");
        root.addAppender(text, null, null);
        Configurator.setRootLevel(Level.DEBUG);
        Configurator.setLevel("org.conversationbridge", Level.TRACE);
        return text;
    }

    /** Searches what comes from now on for others. */
    void searchInto(Surfaces others) {
        surfaces = others;
    }

    @Override
    public void append(LogEvent event) {
        String line = new String(layout.toByteArray(event), StandardCharsets.UTF_8);
        failures.look(line);
        boolean ours = event.getLoggerName().startsWith("org.conversationbridge");
        surfaces.of(ours ? TRACE : LIBRARIES).add(event.getLoggerName() + " " + line);
        LoggerConfig logger = shipped.getLoggerConfig(event.getLoggerName());
        boolean filtered = logger.getFilter() != null && logger.getFilter().filter(event) == Filter.Result.DENY;
        if (event.getLevel().isMoreSpecificThan(logger.getLevel()) && !filtered) {
            surfaces.of(SHIPPED).add(line);
        }
    }

    @Override
    public void close() {
        context.setConfigLocation(Objects.requireNonNullElse(before, CONFIGURATION));
        if (before == null) {
            context.reconfigure();
        }
        stop();
    }
}
