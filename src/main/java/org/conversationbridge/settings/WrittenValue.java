// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Habits of other files of settings that a value does not know: quotes, variables, invisible characters of a web page.
 */
final class WrittenValue {
    /** A generated secret may have any character. */
    private static final Set<String> ANYTHING =
            Set.of("broker.password", "broker.key-store-password", "privacy.hash-key");

    /** Whose elements line ends and tabs separate as well. */
    private static final Set<String> LISTS =
            Set.of("notifications.queues", "notifications.users", "poll.media-types", "privacy.attributes");

    private static final Pattern QUOTED = Pattern.compile("(?s)\"(.*)\"|'(.*)'");
    private static final Pattern VARIABLE = Pattern.compile("(?s).*\\$\\{.*|\\$[A-Za-z_]\\w*|%[A-Za-z_]\\w*%");
    private static final Pattern HOME = Pattern.compile("~(?:/.*)?");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\u00A0\\u2028\\u2029\\u202F]");

    private WrittenValue() {}

    /** What is wrong with how a value is written, without the value: it may be a secret. */
    static Optional<String> problem(String key, Value value) {
        String text = value.text();
        if (ANYTHING.contains(key)) {
            return Optional.empty();
        }
        if (QUOTED.matcher(text).matches()) {
            return sentence(key, value, "the quotes are part of the value; write it without them.");
        }
        if (VARIABLE.matcher(text).matches()) {
            return sentence(
                    key,
                    value,
                    "variables are not replaced in a value. Set the environment variable "
                            + SettingsReader.environmentName(key) + " instead, or write what the variable holds.");
        }
        if (HOME.matcher(text).matches()) {
            return sentence(key, value, "~ is not replaced; write the whole path.");
        }
        return INVISIBLE
                .matcher(LISTS.contains(key) ? text.replaceAll("[\\r\\n\\t]", ",") : text)
                .results()
                .findFirst()
                .flatMap(found -> sentence(
                        key,
                        value,
                        String.format(
                                "its character %d is invisible (U+%04X); type the value anew.",
                                found.start() + 1, (int) found.group().charAt(0))));
    }

    private static Optional<String> sentence(String key, Value value, String problem) {
        return Optional.of(value.origin() + ": " + key + ": " + problem);
    }
}
