// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.failure.FailureText;

/** Why Camel did not start, without its stack: file, line, what is wrong, what to do. */
public final class StartFailure {
    private static final Pattern IN_FILE = Pattern.compile("in file:(.+?), line (\\d+)");
    private static final int LONGEST = 300;

    private StartFailure() {}

    /**
     * Explains it.
     *
     * @param routes folder of the route files
     * @param camel knows the names that a route may use
     */
    public static String explain(Throwable failure, Path routes, CamelContext camel) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
            if (cause instanceof BindException) {
                return managementPort(cause);
            }
        }
        List<String> messages = causes.stream().map(StartFailure::message).toList();
        RouteTexts texts = new RouteTexts(RouteFiles.in(routes));
        Optional<RouteMistake.Explained> mistake = RouteMistake.of(messages, new Known(camel));
        String word = mistake.map(RouteMistake.Explained::word).orElse("");
        String sentence = mistake.map(RouteMistake.Explained::sentence)
                .orElseGet(() -> "the routes or Camel settings cannot work: "
                        + StringUtils.abbreviate(
                                StringUtils.normalizeSpace(messages.get(messages.size() - 1)), LONGEST));
        return place(texts, routeOf(causes), word, messages, routes)
                        .map(place -> place + ": ")
                        .orElse("")
                + FailureText.sentence(sentence);
    }

    /** Why the management port cannot be used, and what to do. */
    public static String managementPort(Throwable cause) {
        return "The management port cannot be used (" + cause.getMessage() + "). Set MANAGEMENT_PORT to another one.";
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null || cause instanceof ClassNotFoundException
                ? cause.toString()
                : cause.getMessage();
    }

    private static String routeOf(List<Throwable> causes) {
        for (Throwable cause : causes) {
            if (cause instanceof FailedToCreateRouteException created) {
                return created.getRouteId();
            }
            if (cause instanceof FailedToStartRouteException started) {
                return started.getRouteId();
            }
        }
        return "";
    }

    /** The file that fails in the same way when it is loaded alone, where Camel names none. */
    private static Optional<Path> fileOf(String message, Path routes) {
        return RouteFiles.in(routes).stream()
                .filter(file -> failsAlone(file, message))
                .findFirst();
    }

    private static boolean failsAlone(Path file, String message) {
        try (DefaultCamelContext alone = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(alone).loadRoutes(RouteResources.of(file));
            return false;
        } catch (Exception e) {
            return message.equals(message(ExceptionUtils.getRootCause(e)));
        }
    }

    private static Optional<String> place(
            RouteTexts texts, String routeId, String word, List<String> messages, Path routes) {
        Matcher inFile = IN_FILE.matcher(String.join("\n", messages));
        if (inFile.find()) {
            return inFile(texts, routes.resolve(inFile.group(1)), word, " line " + inFile.group(2));
        }
        if (!routeId.isEmpty()) {
            return texts.place(routeId, word);
        }
        return fileOf(messages.get(messages.size() - 1), routes)
                .flatMap(file -> inFile(texts, file, word.isEmpty() ? "id:" : word, ""))
                .or(() -> texts.place(routeId, word));
    }

    private static Optional<String> inFile(RouteTexts texts, Path file, String word, String otherwise) {
        Optional<String> line = word.isEmpty() ? Optional.empty() : texts.placeIn(file, word);
        return line.or(() -> Optional.of(file + otherwise));
    }
}
