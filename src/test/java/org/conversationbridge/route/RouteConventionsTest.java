// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a route file is to be, so that {@code ls routes/} and one file show a stranger the flow. */
class RouteConventionsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V4)
            .getSchema(Objects.requireNonNull(
                    RouteConventionsTest.class.getResourceAsStream("/schema/camelYamlDsl.json")));
    private static final Path ROUTES = Path.of("routes");
    private static final int MOST_COMMENT_LINES = 5;
    /** Of the deepest line, two columns each; what is nested deeper is an idea of its own, and a route of its own. */
    private static final int MOST_INDENTS = 11;

    private static final Set<String> NAMES = Set.of("name", "triggerName", "timerName");

    static Stream<Path> files() throws IOException {
        return Files.list(ROUTES).sorted();
    }

    static Stream<Path> routes() throws IOException {
        return files().filter(file -> yaml(file).get(0).has("route"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void is_valid_camel_yaml(Path file) {
        // Camel resolves placeholders before it reads a number; the schema does not know them.
        assertThat(SCHEMA.validate(yaml(file)))
                .filteredOn(violation -> !violation.getInstanceNode().asText().startsWith("{{"))
                .isEmpty();
    }

    @Test
    void the_schema_can_refuse() throws IOException {
        assertThat(SCHEMA.validate(
                        YAML.readTree("- route:\n    id: x\n    from:\n      uri: direct:x\n      stepz: []\n")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void one_file_is_one_route_and_both_have_the_same_name(Path file) {
        JsonNode yaml = yaml(file);
        String id = name(file);

        assertThat(yaml).hasSize(1);
        assertThat(yaml.at("/0/route/id").asText()).isEqualTo(id);
        JsonNode parameters = yaml.at("/0/route/from/parameters");
        parameters.fieldNames().forEachRemaining(parameter -> {
            if (NAMES.contains(parameter)) {
                assertThat(parameters.path(parameter).asText()).isEqualTo(id);
            }
        });
    }

    @Test
    void no_two_files_share_a_number() throws IOException {
        assertThat(files().map(file -> file.getFileName().toString().substring(0, 2)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_head_says_in_out_and_fails_to_and_no_line_of_it_is_wide(Path file) throws IOException {
        List<String> head = Files.readAllLines(file).stream()
                .takeWhile(line -> line.startsWith("#"))
                .toList();

        assertThat(head).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        if (yaml(file).get(0).has("route")) {
            assertThat(String.join("\n", head)).contains("In: ", "Out: ", "Fails to: ");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_file_begins_with_at_most_five_lines_of_explanation(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        long comment = lines.stream().takeWhile(line -> line.startsWith("#")).count();
        long explanation = lines.stream()
                .takeWhile(line -> line.matches("#(?! Settings:).*"))
                .count();

        assertThat(explanation).isBetween(1L, (long) MOST_COMMENT_LINES);
        assertThat(comment - explanation).isLessThanOrEqualTo(MOST_COMMENT_LINES);
        assertThat(lines.stream().skip(comment)).noneMatch(line -> line.strip().startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothing_is_indented_more_than_eleven_times(Path file) throws IOException {
        assertThat(Files.readAllLines(file))
                .allSatisfy(
                        line -> assertThat(line.length() - line.stripLeading().length())
                                .as(line)
                                .isLessThanOrEqualTo(2 * MOST_INDENTS))
                .noneMatch(line -> !line.startsWith("#") && line.matches(".*: [{\\[](?!}).*"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void routes_and_policies_have_a_description(Path file) {
        for (JsonNode element : yaml(file)) {
            Stream.of("route", "routeConfiguration")
                    .filter(element::has)
                    .map(element::path)
                    .forEach(definition ->
                            assertThat(definition.path("description").asText()).isNotBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_step_that_leaves_the_route_or_calls_a_bean_has_an_id_of_its_own(Path file) {
        yaml(file).findValues("to").forEach(step -> {
            assertThat(step.path("id").asText()).as(step.toString()).isNotBlank();
            assertThat(step.path("description").asText()).as(step.toString()).isNotBlank();
        });
        Stream.of("bean", "enrich", "split", "throttle", "delay")
                .flatMap(kind -> yaml(file).findValues(kind).stream())
                .filter(JsonNode::isObject)
                .forEach(step ->
                        assertThat(step.path("id").asText()).as(step.toString()).isNotBlank());
    }

    @Test
    void ids_are_unique() throws IOException {
        Map<String, List<String>> filesById = new TreeMap<>();
        files().forEach(file -> yaml(file)
                .findValuesAsText("id")
                .forEach(id ->
                        filesById.computeIfAbsent(id, key -> new ArrayList<>()).add(file.toString())));

        assertThat(filesById).allSatisfy((id, files) -> assertThat(files).as(id).hasSize(1));
    }

    @Test
    void nothing_leaves_the_thread_of_a_transaction() throws IOException {
        Pattern asynchronous =
                Pattern.compile("parallelProcessing|asyncDelayedRedelivery|threads:|uri: seda|asyncDelayed: \"?true");

        assertThat(files()).noneMatch(file -> asynchronous.matcher(text(file)).find());
        for (Path file : routes().toList()) {
            Stream.of("throttle", "delay")
                    .flatMap(kind -> yaml(file).findValues(kind).stream())
                    .filter(JsonNode::isObject)
                    .forEach(step ->
                            assertThat(step.path("asyncDelayed").asText()).isEqualTo("false"));
        }
    }

    /** A transaction that rolls back marks its exchange, and no error handler of the caller looks at a marked one. */
    @Test
    void a_route_with_a_transaction_has_an_exchange_of_its_own() throws IOException {
        Set<String> transacted = files().filter(file -> !yaml(file).findValues("transacted").stream()
                        .filter(JsonNode::isObject)
                        .toList()
                        .isEmpty())
                .map(RouteConventionsTest::name)
                .collect(Collectors.toSet());

        assertThat(transacted).contains("take-over", "conclude-poll", "announce-page");
        for (Path file : routes().toList()) {
            assertThat(calledInTheSameExchange(yaml(file))).as(file.toString()).doesNotContainAnyElementsOf(transacted);
        }
    }

    /** The routes that a {@code to} calls, but for those in a split or a loop that copies the exchange. */
    private static Set<String> calledInTheSameExchange(JsonNode steps) {
        Set<String> called = new HashSet<>();
        if (steps.path("uri").asText().equals("direct") && !steps.has("steps")) {
            called.add(steps.path("parameters").path("name").asText());
        }
        steps.fields().forEachRemaining(field -> {
            boolean isOwn = field.getKey().equals("split")
                    || field.getValue().path("copy").asBoolean();
            if (!isOwn && !field.getKey().equals("from")) {
                called.addAll(calledInTheSameExchange(field.getValue()));
            } else if (field.getKey().equals("from")) {
                called.addAll(calledInTheSameExchange(field.getValue().path("steps")));
            }
        });
        if (steps.isArray()) {
            steps.elements().forEachRemaining(step -> called.addAll(calledInTheSameExchange(step)));
        }
        return called;
    }

    /**
     * What a policy does not state, Camel takes from the policy of the failure before; and it goes on from the last
     * pause, whatever that was for, so that only the longest one bounds it.
     */
    @ParameterizedTest
    @MethodSource("files")
    void each_policy_states_its_attempts_and_its_pauses(Path file) {
        yaml(file).findValues("onException").stream()
                .flatMap(list -> list.findValues("onException").stream())
                .forEach(policy -> {
                    JsonNode redelivery = policy.path("redeliveryPolicy");
                    String attempts = redelivery.path("maximumRedeliveries").asText();
                    assertThat(attempts).as(policy.path("id").asText()).isNotBlank();
                    if (!attempts.equals("0")) {
                        assertThat(redelivery.fieldNames())
                                .toIterable()
                                .as(policy.path("id").asText())
                                .contains("redeliveryDelay", "maximumRedeliveryDelay", "useExponentialBackOff");
                    }
                });
    }

    /** A number says neither what it is for nor its unit: a setting or a named constant does. */
    @ParameterizedTest
    @MethodSource("files")
    void each_duration_has_a_name(Path file) {
        Stream.of("redeliveryDelay", "maximumRedeliveryDelay", "delay", "period", "timeout", "timeToLive")
                .flatMap(option -> yaml(file).findValues(option).stream())
                .filter(JsonNode::isValueNode)
                .forEach(duration ->
                        assertThat(duration.asText()).as(file.toString()).matches("0|\\{\\{.*}}"));
    }

    /** Also where an expression calls it: the ids are what a trace, a metric and a test name. */
    @ParameterizedTest
    @MethodSource("files")
    void each_bean_that_an_expression_calls_is_called_by_a_step_with_an_id(Path file) {
        List<JsonNode> steps = new ArrayList<>(yaml(file).findParents("method").stream()
                .filter(step -> step.path("method").isObject())
                .toList());
        yaml(file).findParents("simple").stream()
                .filter(step -> step.path("simple").toString().contains("bean:"))
                .forEach(steps::add);

        assertThat(steps)
                .allSatisfy(step -> assertThat(step.path("id").asText())
                        .as(file + " " + step)
                        .isNotBlank());
    }

    /**
     * A variable is set in the file that reads it, or the head names it as a parameter: (variables poll, checkpoint).
     */
    @ParameterizedTest
    @MethodSource("routes")
    void each_variable_is_set_in_the_file_or_named_in_its_head(Path file) {
        String head = text(file).lines().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining(" "));
        Set<String> known = new TreeSet<>();
        Pattern.compile("variables? ([a-zA-Z]+(?:, [a-zA-Z]+)*)")
                .matcher(head)
                .results()
                .forEach(named -> known.addAll(List.of(named.group(1).split(", "))));
        yaml(file)
                .findValues("setVariable")
                .forEach(step -> known.add(step.path("name").asText()));
        known.addAll(yaml(file).findValuesAsText("variableReceive"));

        List<String> read = Stream.concat(
                        Pattern.compile("variable\\.([a-zA-Z]+)")
                                .matcher(text(file))
                                .results()
                                .map(found -> found.group(1)),
                        Stream.of("variable", "variableSend").flatMap(key -> yaml(file).findValuesAsText(key).stream()))
                .toList();
        assertThat(known).containsAll(read);
    }

    /** By a route, or by a bean, which names it in an annotation or asks the exchange for it. */
    @Test
    void each_variable_that_is_set_is_read() throws IOException {
        Set<String> set = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (Path file : routes().toList()) {
            yaml(file)
                    .findValues("setVariable")
                    .forEach(step -> set.add(step.path("name").asText()));
            set.addAll(yaml(file).findValuesAsText("variableReceive"));
            read.addAll(yaml(file).findValuesAsText("variable"));
            read.addAll(yaml(file).findValuesAsText("variableSend"));
            names("variable\\.([a-zA-Z]+)", text(file)).forEach(read::add);
        }
        try (Stream<Path> beans = Files.walk(Path.of("src/main/java/org/conversationbridge"))) {
            beans.filter(Files::isRegularFile)
                    .flatMap(file -> names("[vV]ariable\\(\"([a-zA-Z]+)\"", text(file)))
                    .forEach(read::add);
        }

        assertThat(read).containsAll(set);
    }

    private static Stream<String> names(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void each_route_has_a_test_class_of_its_name(Path file) {
        String words = Stream.of(name(file).split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());

        assertThat(Path.of("src/test/java/org/conversationbridge/route", words + "RouteTest.java"))
                .isRegularFile();
    }

    @Test
    void only_one_route_sends_http() throws IOException {
        assertThat(routes().filter(file -> text(file).contains("genesys.api-url")))
                .extracting(RouteConventionsTest::name)
                .containsExactly("send-request");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceAll("^\\d\\d-(.*)\\.camel\\.yaml$", "$1");
    }

    private static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
