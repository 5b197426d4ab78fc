// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.conversationbridge.routecheck.RouteScan.Endpoint;
import org.conversationbridge.routecheck.RouteScan.Named;
import org.jspecify.annotations.Nullable;

/**
 * The values of options of endpoints and steps, compared with the types that Camel states of them. Camel reads some
 * times that are none as 0 without a word ({@code 5x}, {@code 5S}). Source of the types: the metadata that Camel ships
 * with each component and step; of the forms of a time: Camel's TimeUtils.
 */
final class OptionValues {
    private static final Pattern ELSEWHERE = Pattern.compile(".*(?:\\{\\{|\\$\\{).*|#.*|RAW\\(.*|");
    private static final String POLICY = "redeliveryPolicy";
    private static final Pattern TIME =
            Pattern.compile("(?=\\d)(?:\\d+d)?(?:\\d+h)?(?:\\d+m(?:in)?)?(?:\\d+s(?:ec)?)?(?:\\d+ms)?");
    private static final Pattern ISO_TIME = Pattern.compile("P(?:\\d+D)?(?:T[\\dHMS.]+)?");
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final Pattern TRUTH = Pattern.compile("(?i)true|false");
    private static final Pattern OFFSET = Pattern.compile("GMT[+-]\\d{1,2}(?::?\\d\\d)?");
    private static final String TIME_ZONE = "trigger.timeZone";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The metadata of a component or a step by its name; null where Camel has none. */
    private interface Metadata {
        @Nullable
        String of(String name) throws IOException;
    }

    private OptionValues() {}

    /**
     * A sentence for each value that its option cannot have. What a bean or a message gives is not judged here.
     *
     * @param settings what placeholders stand for
     */
    static List<String> wrong(List<Endpoint> endpoints, List<Endpoint> steps, Map<String, String> settings) {
        DefaultCamelContext camel = new DefaultCamelContext();
        try {
            List<String> problems = new ArrayList<>();
            problems.addAll(wrong(endpoints, camel::getComponentParameterJsonSchema, settings));
            problems.addAll(wrong(steps, camel::getEipParameterJsonSchema, settings));
            return problems;
        } finally {
            camel.stop();
        }
    }

    private static List<String> wrong(List<Endpoint> all, Metadata metadata, Map<String, String> settings) {
        Map<String, JsonNode> known = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Endpoint endpoint : all) {
            JsonNode options = known.computeIfAbsent(endpoint.scheme(), name -> properties(name, metadata));
            for (Named option : endpoint.places()) {
                String written = String.valueOf(endpoint.options().get(option.name()));
                String value = Placeholders.resolve(written, settings);
                if (!ELSEWHERE.matcher(value).matches()) {
                    lacking(endpoint.scheme(), option.name(), options.path(option.name()), value)
                            .ifPresent(lacking -> problems.add(option.where() + ": '" + value + "'"
                                    + (value.equals(written) ? "" : " (" + written + ")") + " is not a value that "
                                    + option.name() + " can have; it must be " + lacking + "."));
                }
            }
        }
        return problems;
    }

    private static JsonNode properties(String name, Metadata metadata) {
        try {
            String json = metadata.of(name);
            return json == null
                    ? MissingNode.getInstance()
                    : MAPPER.readTree(json).path("properties");
        } catch (IOException e) {
            throw new UncheckedIOException("the metadata of Camel for " + name, e);
        }
    }

    /** What a value must be and is not. */
    private static Optional<String> lacking(String owner, String option, JsonNode known, String value) {
        String type = known.path("type").asText();
        if (owner.equals(POLICY)
                && !type.equals("enum")
                && !NUMBER.matcher(value).matches()) {
            // Its numbers have no units; whatever is none is reported with the numbers of all policies.
            return Optional.empty();
        }
        if (type.equals("enum") && !OptionLimits.has(owner, option)) {
            return notAmong(owner, known, value);
        }
        return ofType(option, type.equals("enum") ? "integer" : type, value)
                .or(() -> isNumber(type) || OptionLimits.has(owner, option)
                        ? OptionLimits.broken(
                                owner,
                                option,
                                value,
                                known.path("defaultValue").asText(),
                                known.path("description").asText())
                        : Optional.empty());
    }

    private static boolean isNumber(String type) {
        return type.equals("duration") || type.equals("integer") || type.equals("number");
    }

    /** Camel reads its own enumerations in any case; the names of JMS are passed on as they are written. */
    private static Optional<String> notAmong(String owner, JsonNode known, String value) {
        boolean isAsWritten =
                owner.equals("jms") && known.path("javaType").asText().equals("java.lang.String");
        List<String> allowed = new ArrayList<>();
        known.path("enum").forEach(constant -> allowed.add(constant.asText()));
        boolean isAmong = allowed.stream()
                .anyMatch(constant ->
                        isAsWritten ? constant.equals(value) : bare(constant).equals(bare(value)));
        return unless(isAmong, "one of " + String.join(", ", allowed));
    }

    private static String bare(String constant) {
        return constant.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> ofType(String option, String type, String value) {
        if (option.equals(TIME_ZONE)) {
            return unless(isTimeZone(value), "the name of a time zone, such as Europe/Berlin or UTC");
        }
        return switch (type) {
            case "duration" ->
                unless(
                        INTEGER.matcher(value).matches()
                                || TIME.matcher(value).matches()
                                || ISO_TIME.matcher(value).matches(),
                        "a time in milliseconds, or one such as 500ms, 5s, 15m or 1h30m");
            case "integer" ->
                // Camel reads the units of a time for any of them.
                unless(INTEGER.matcher(value).matches() || TIME.matcher(value).matches(), "a whole number");
            case "number" -> unless(NUMBER.matcher(value).matches(), "a number");
            case "boolean" -> unless(TRUTH.matcher(value).matches(), "true or false");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean isRight, String lacking) {
        return isRight ? Optional.empty() : Optional.of(lacking);
    }

    /** Java takes any other name for GMT. */
    private static boolean isTimeZone(String name) {
        return OFFSET.matcher(name).matches()
                || Arrays.asList(TimeZone.getAvailableIDs()).contains(name);
    }
}
