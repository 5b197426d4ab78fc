// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders in a text, replaced as Camel replaces them. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}:!?]+)(?::([^{}]*))?}}");
    /** {{env:NAME}} and the like are functions of Camel, not keys with a default. */
    private static final Set<String> FUNCTIONS = Set.of("env", "sys", "service", "bean", "secret");

    private Placeholders() {}

    /**
     * The text with what the settings and the defaults say. What neither knows stays as it is written.
     *
     * @param settings the values by their keys
     */
    static String resolve(String text, Map<String, String> settings) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(
                        found.group(),
                        found.group(1).strip(),
                        String.valueOf(found.group(2)),
                        found.group(2) != null,
                        settings)));
    }

    private static String value(
            String written, String key, String standard, boolean hasDefault, Map<String, String> settings) {
        if (FUNCTIONS.contains(key)) {
            return written;
        }
        return settings.getOrDefault(key, hasDefault ? standard : written);
    }
}
