// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mistake in a route as Camel reports it, and what it means to the one who made it. Source of the sentences: seen
 * with Camel 4.18.
 */
enum RouteMistake {
    BEAN_METHOD(
            "Method with name: (\\S+) not found on bean: .* of type: (\\S+)",
            (found, known) ->
                    "the bean has no method " + found.group(1) + guess(found.group(1), known.methods(found.group(2)))),
    BEAN(
            "(?:No bean could be found in the registry for:|Cannot find AggregationStrategy in Registry with name:|Cannot find expression or predicate in registry with ref:) #?([^\\s#]\\S*)",
            (found, known) -> noBean(found, known)),
    REFERENCE("Error binding property \\([^=)]+=#([^)]+)\\)", (found, known) -> noBean(found, known)),
    CLASS_OPTION(
            "Error binding property \\([^=)]*(?:Type|Class)=((?:[a-z]\\w*\\.)+\\w+)\\)",
            (found, known) -> noClass(found, known)),
    OPTION(
            "Error binding property \\(([^=)]+)=([^)]*)\\)",
            (found, known) -> "'" + found.group(2) + "' is not a valid value for " + found.group(1)
                    + ". Look up the option in the documentation of Camel"),
    CLASS("ClassNotFoundException: ((?:\\w+\\.)*\\w+)", (found, known) -> noClass(found, known)),
    LANGUAGE(
            "No language could be found for: (\\S+)",
            (found, known) ->
                    "the language " + found.group(1) + " is not available. Use simple, constant, method or variable,"
                            + " or put camel-" + found.group(1) + ".jar and its dependencies into lib/"),
    COMPONENT(
            "No (?:endpoint|component) could be found (?:for|with scheme): ([A-Za-z][A-Za-z0-9+.-]*)",
            (found, known) -> Known.COMPONENTS.contains(found.group(1))
                    ? "an endpoint of the component " + found.group(1) + " cannot be made of these options. Look up in"
                            + " the documentation of Camel which ones name it (quartz: groupName and triggerName)"
                    : "the component " + found.group(1) + " is not available"
                            + guess(found.group(1), Known.COMPONENTS) + " Components other than "
                            + String.join(", ", Known.COMPONENTS) + " need their jar (camel-" + found.group(1)
                            + ") and its dependencies in lib/"),
    MISSING_OPTION(
            "Option (\\S+) is required when creating endpoint uri with syntax (\\w+)",
            (found, known) -> "an endpoint of the component " + found.group(2) + " lacks the option " + found.group(1)
                    + ". Write it below its parameters"),
    UNKNOWN_OPTION(
            "Unknown parameters=\\[\\{([^=}]+)=",
            (found, known) -> "the endpoint has no option " + found.group(1) + ". Look up its options in the"
                    + " documentation of Camel"),
    ENUM(
            "Error parsing \\[([^]]*)] as an? ([\\w.$]*\\w)",
            (found, known) -> "'" + found.group(1) + "' is not a valid value here; " + known.values(found.group(2))),
    ENUM_IN_YAML(
            "Enum: class (\\S+) does not have any constant with value: (\\S+)",
            (found, known) -> "'" + found.group(2) + "' is not a valid value here; " + known.values(found.group(1))),
    FUNCTION(
            "Unknown function: (\\S+) at location",
            (found, known) -> "an expression of the language simple has no function " + found.group(1)
                    + guess(found.group(1).replaceAll("[^A-Za-z].*", ""), Known.FUNCTIONS)
                    + " Write for example ${body.field}, ${header.name} or ${variable.name}"),
    EXPRESSION(
            "(?:expected symbol|unexpected|Unexpected|The .* (?:operator|function)).*\\n(.*\\S)\\s*\\n",
            (found, known) -> "the expression '" + found.group(1) + "' of the language simple is not complete or not"
                    + " closed: check its braces, quotes and spaces"),
    FIELD(
            "Unsupported field: (\\S+)",
            (found, known) -> "Camel knows no key " + found.group(1) + " here" + guess(found.group(1), known.keys())),
    STEP(
            "Unknown (?:node id|expression with id): (\\S+)",
            (found, known) -> "Camel knows no " + found.group(1) + " here" + guess(found.group(1), known.keys())),
    NO_DASH(
            "Node should have only have 1 key, was: \\d+ keys: \\[([^]]+)]",
            (found, known) -> "one step has the keys of several (" + found.group(1)
                    + "). Begin each step with a dash, and" + " indent what belongs to it"),
    CUT(
            "Unsupported definition: null",
            (found, known) -> "something is missing here: a key has nothing below it. Is the file cut off, or is what"
                    + " follows not indented?"),
    NO_EXPRESSION(
            "getExpressionType\\(\\)\" because",
            (found, known) ->
                    "a step of this route has no expression. Write one below it, for example simple:" + " \"${body}\""),
    CRON(
            "CronExpression '([^']*)' is invalid",
            (found, known) -> "'" + found.group(1) + "' is not a Quartz cron expression: seconds, minutes, hours, day,"
                    + " month, weekday, and ? for one of the two days"),
    NEVER_FIRES(
            "given trigger '[^']*' will never fire",
            (found, known) -> "the cron expression of this route never fires: the times that it names have passed, or"
                    + " there are none"),
    NUMBER(
            "For input string: \"([^\"]*)\"",
            (found, known) -> "'" + found.group(1) + "' is not a number. Write one, in milliseconds if it is a time"),
    DATE(
            "Unparseable date: \"([^\"]*)\"",
            (found, known) -> "'" + found.group(1) + "' is not a date. Write for example 2030-01-31 12:00:00"),
    NOT_POSITIVE(
            "(?:A positive value is required for the sampling (?:period|message frequency)|TimePeriodMillis should be a"
                    + " positive number)",
            (found, known) -> "a time or number of this step is not above 0. Write one that is"),
    NO_REPOSITORY(
            "idempotentRepository must be specified",
            (found, known) ->
                    "an idempotentConsumer has no repository. Name its bean, idempotentRepository: \"#name\""),
    NO_COMPLETION(
            "At least one of the completions options",
            (found, known) -> "an aggregate has no completion condition. Write completionSize or completionTimeout"
                    + " below it, above 0"),
    DUPLICATE(
            "Duplicate (?:route )?ids? detected: ([^\\s.]+)",
            (found, known) -> "the id " + found.group(1) + " is used twice. Ids are unique over all files");

    private final Pattern sign;
    private final BiFunction<Matcher, Known, String> meaning;

    RouteMistake(String sign, BiFunction<Matcher, Known, String> meaning) {
        this.sign = Pattern.compile(sign);
        this.meaning = meaning;
    }

    /**
     * What a message of Camel means.
     *
     * @param word as it stands in the file; empty if the message names none
     * @param sentence what is wrong and what to do
     */
    record Explained(String word, String sentence) {}

    static Optional<Explained> of(List<String> messages, Known known) {
        for (RouteMistake mistake : values()) {
            for (String message : messages) {
                Matcher found = mistake.sign.matcher(message);
                if (found.find()) {
                    return Optional.of(new Explained(mistake.word(found), mistake.meaning.apply(found, known)));
                }
            }
        }
        return Optional.empty();
    }

    private String word(Matcher found) {
        return switch (this) {
            case ENUM_IN_YAML -> found.group(2);
            case NO_DASH -> "";
            case NEVER_FIRES -> "cron:";
            case NO_COMPLETION -> "aggregate";
            case NOT_POSITIVE -> found.group().contains("sampling") ? "sample" : "timePeriodMillis";
            case NO_REPOSITORY -> "idempotentConsumer";
            case MISSING_OPTION -> "uri: " + found.group(2);
            default -> found.groupCount() == 0 ? "" : found.group(1);
        };
    }

    private static String noBean(Matcher found, Known known) {
        return known.beans().contains(found.group(1))
                ? "the bean " + found.group(1) + " is of another type than is needed here"
                : "there is no bean " + found.group(1) + guess(found.group(1), known.beans());
    }

    private static String noClass(Matcher found, Known known) {
        return "there is no class " + found.group(1) + guess(found.group(1), known.exceptions())
                + " Write its full name; a class of your own is in a jar in lib/";
    }

    private static String guess(String word, java.util.Collection<String> known) {
        return org.conversationbridge.settings.SettingsReader.guess(word, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse(".");
    }
}
