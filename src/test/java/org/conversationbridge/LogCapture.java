// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs while a test runs. */
public final class LogCapture extends AbstractAppender implements AutoCloseable {
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private LogCapture(Logger logger) {
        super("capture-" + logger.getName(), null, null, true, Property.EMPTY_ARRAY);
        this.logger = logger;
    }

    /** Begins to capture, from info on. */
    public static LogCapture of(Class<?> type) {
        return of(type.getName());
    }

    /** Begins to capture a logger and those below it, from info on. */
    public static LogCapture of(String name) {
        Configurator.setLevel(name, Level.INFO);
        LogCapture capture = new LogCapture((Logger) LogManager.getLogger(name));
        capture.start();
        capture.logger.addAppender(capture);
        return capture;
    }

    /** The messages so far. */
    public List<String> messages() {
        return events.stream()
                .map(event -> event.getMessage().getFormattedMessage())
                .toList();
    }

    /** Those at WARN and ERROR. */
    public List<String> warnings() {
        return events.stream()
                .filter(event -> event.getLevel().isMoreSpecificThan(Level.WARN))
                .map(event -> event.getMessage().getFormattedMessage())
                .toList();
    }

    /** The messages so far, a line each. */
    public String text() {
        return String.join("\n", messages());
    }

    @Override
    public void append(LogEvent event) {
        events.add(event.toImmutable());
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
