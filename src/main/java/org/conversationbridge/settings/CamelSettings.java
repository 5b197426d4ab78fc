// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings of Camel that the program decides itself: with them it would stand still, end early, leave routes out, or
 * lose messages, and say nothing. Camel reads them from the settings file, from environment variables (CAMEL_MAIN_...)
 * and from system properties, with or without dashes. Source: the metadata of camel-main.
 */
final class CamelSettings {
    private static final String PREFIX = "camel.";

    /** @param instead what happens with it, and what to do */
    private record Decided(Pattern key, String instead) {
        Decided(String key, String instead) {
            this(Pattern.compile(key), instead);
        }
    }

    private static final String ALL_ROUTES =
            "a route that the bridge needs would be missing without a word. --routes DIR names the folder of the routes;"
                    + " to switch one off, write 'autoStartup: false' below its id";

    private static final List<Decided> DECIDED = List.of(
            new Decided(
                    "main\\.autostartup(excludepattern)?",
                    "the bridge would stand still without a word. To switch one route off, write 'autoStartup: false'"
                            + " below its id"),
            new Decided(
                    "main\\.duration.*",
                    "the bridge would end, or stop its routes, without a word. To run for a time, use run --for"),
            new Decided("main\\.(routes|routefilter|javaroutes)(include|exclude)pattern", ALL_ROUTES),
            new Decided("main\\.routescollector(enabled|ignoreloadingerror)", ALL_ROUTES),
            new Decided(
                    "main\\.(routesreload|contextreload).*",
                    "routes that are read while the bridge runs are not checked. Restart it to change a route"),
            new Decided(
                    "main\\.(shutdown|extrashutdown)\\w*",
                    "the bridge ends by itself within seconds, and what it has not finished the broker delivers again"),
            new Decided(
                    "main\\.(autoconfigurationenabled|autoconfigurationfailfast|autowiredenabled|beanpostprocessorenabled"
                            + "|basepackagescanenabled)",
                    "the routes would not find what they name"),
            new Decided(
                    "main\\.(exchangefactory|streamcachingenabled|endpointbridgeerrorhandler)",
                    "the routes of the bridge are written for the default. In a route of your own, write the option there"),
            new Decided(
                    "component\\.(jms|https?|quartz)\\..*",
                    "it would apply to the routes of the bridge too, and messages could be lost, or arrive twice. In a"
                            + " route of your own, write the option below the parameters of its endpoint"),
            new Decided(
                    "(resilience4j|faulttolerance)\\..*",
                    "it would apply to the routes of the bridge too. In a route of your own, write the option below its"
                            + " circuitBreaker"),
            new Decided(
                    "health\\.(enabled|routesenabled|consumersenabled|exposurelevel)|management\\.(enabled"
                            + "|host|port|healthcheckenabled|metricsenabled)|metrics\\.enabled",
                    "health and metrics are always served. Where, management.host and management.port say"));

    private CamelSettings() {}

    /**
     * A sentence for each that is set.
     *
     * @param given those of the settings file, by their keys
     * @param environment variables of the process
     * @param system properties of the process by their names
     */
    static List<String> problems(Map<String, Value> given, Map<String, String> environment, Iterable<String> system) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(given).forEach((key, value) -> add(key, value.origin() + ": " + key, problems));
        new TreeMap<>(environment)
                .forEach((name, text) -> add(ofVariable(name), "environment variable " + name, problems));
        system.forEach(name -> add(name, "system property " + name, problems));
        return problems;
    }

    private static void add(String key, String what, List<String> problems) {
        String bare = key.toLowerCase(Locale.ROOT).replace("-", "");
        if (bare.startsWith(PREFIX)) {
            String option = bare.substring(PREFIX.length());
            DECIDED.stream()
                    .filter(decided -> decided.key().matcher(option).matches())
                    .findFirst()
                    .ifPresent(decided -> problems.add(
                            what + ": the bridge decides this itself; " + decided.instead() + ". Remove it."));
        }
    }

    /** CAMEL_MAIN_AUTO_STARTUP is camel.main.autoStartup: its first two signs end the names of groups. */
    private static String ofVariable(String name) {
        if (!name.startsWith("CAMEL_")) {
            return "";
        }
        String dotted = name.toLowerCase(Locale.ROOT).replaceFirst("_", ".").replaceFirst("_", ".");
        return dotted.startsWith("camel.component.")
                ? dotted.replaceFirst("(camel\\.component\\.\\w+?)_", "$1.")
                : dotted.replace("_", "");
    }
}
