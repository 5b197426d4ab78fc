// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.conversationbridge.CopiedRoutes;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shapes of a route file that Camel accepts without an effect, or answers without a line: refused with line and remedy.
 */
class RouteShapesTest {
    private static final String ROUTE =
            "- route:\n    id: mine\n    from:\n      uri: timer:t\n      steps:\n        - log: x\n";

    @TempDir
    private Path routes;

    @BeforeEach
    void copy() throws IOException {
        CopiedRoutes.into(routes);
    }

    @Test
    void a_second_document_is_refused() throws IOException {
        assertThat(refusal(ROUTE + "---\n" + ROUTE)).contains("line 7: a second document begins here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: "})
    void brackets_without_end_are_refused(String bracket) throws IOException {
        String close = bracket.equals("[") ? "]" : "1}";

        assertThat(refusal("- " + bracket.repeat(20_000) + close + "\n")).contains("line 1: more than 200 levels");
    }

    @Test
    void an_alias_inside_of_itself_is_refused() throws IOException {
        assertThat(refusal("- &a\n  route:\n    id: mine\n    x: *a\n"))
                .contains("line 4: the alias *a stands inside of what it stands for");
    }

    @Test
    void aliases_that_multiply_are_refused() throws IOException {
        StringBuilder text = new StringBuilder("- a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            text.append("- a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }

        assertThat(refusal(text.toString())).contains("70-mine.camel.yaml: cannot be read: Number of aliases");
    }

    @Test
    void a_merge_key_is_refused() throws IOException {
        assertThat(refusal(ROUTE + "        - to:\n            uri: log:x\n            <<: { a: b }\n"))
                .contains("line 9: << merges nothing here");
    }

    @Test
    void a_file_that_is_far_too_large_is_refused() throws IOException {
        assertThat(refusal("# " + "x".repeat(5 << 20) + "\n" + ROUTE)).contains("it has more than 4 MB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errorHandler: { noErrorHandler: {} }",
                "intercept: { steps: [ { log: x } ] }",
                "interceptFrom: { uri: \"jms*\", steps: [ { stop: {} } ] }",
                "interceptSendToEndpoint: { uri: \"jms:*\", steps: [ { log: x } ] }",
                "onCompletion: { steps: [ { log: x } ] }",
                "onException: { exception: [ java.lang.Exception ], steps: [ { log: x } ] }"
            })
    void what_applies_to_a_whole_file_is_refused_without_a_route_and_in_one_of_the_bridge(String element)
            throws IOException {
        String key = element.replaceFirst(":.*", "");
        assertThat(refusal("- " + element + "\n"))
                .contains("line 1: '" + key + "' applies to the routes of its own file, and there is none");

        assertThat(refusal("- " + element + "\n" + ROUTE)).isEqualTo("accepted");

        Files.delete(routes.resolve("70-mine.camel.yaml"));
        Path shipped = routes.resolve("30-enrich-page.camel.yaml");
        Files.writeString(shipped, "- " + element + "\n" + Files.readString(shipped));
        assertThat(refusal()).contains(shipped + " line 1: '" + key + "' applies to each route of this file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "choice: { otherwise: { steps: [ { log: x } ] } } | 'choice' has no 'when'",
                "choice: {} | 'choice' has no 'when'",
                "doTry: { steps: [ { log: x } ] } | 'doTry' has neither doCatch nor doFinally",
                "setHeader: { constant: x } | 'setHeader' has no name",
                "setHeader: { name: \"\", constant: x } | 'setHeader' has no name",
                "setVariable: { constant: x } | 'setVariable' has no name",
                "setProperty: { constant: x } | 'setProperty' has no name",
                "removeHeader: {} | 'removeHeader' has no name"
            })
    void an_incomplete_step_is_refused(String step, String said) throws IOException {
        assertThat(refusal(ROUTE + "        - " + step + "\n")).contains("70-mine.camel.yaml line 7: " + said);
    }

    @Test
    void a_step_behind_stop_is_refused() throws IOException {
        assertThat(refusal(ROUTE + "        - stop: {}\n        - log: never\n"))
                .contains("line 8: this step never runs");
        assertThat(refusal(ROUTE
                        + "        - filter: { simple: \"${body}\", steps: [ { stop: {} } ] }\n        - log: x\n"))
                .isEqualTo("accepted");
    }

    @Test
    void a_second_route_that_listens_to_a_direct_name_is_refused() throws IOException {
        assertThat(refusal(ROUTE.replace("timer:t", "direct:agent-history")))
                .contains("line 4: direct:agent-history has a route already, at "
                        + routes.resolve("40-agent-history.camel.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "\"jms:queue:{{page.queue}}\",page.queue",
        "\"jms:queue:genesys.conversations.pages?transacted=true\",page.queue",
        "jms:genesys.poll.requests,poll.request-queue",
        "jms://queue:genesys.poll.requests,poll.request-queue",
        "\"jms:queue:{{mine:genesys.conversations.pages}}\",page.queue",
        "\"jms:{{poll.replay-queue}}\",poll.replay-queue",
        "\"jms:{{checkpoint.queue}}\",checkpoint.queue",
        "\"jms:{{completed.corrections-queue}}\",completed.corrections-queue",
        "\"jms:queue:{{history.missing-queue}}?selector=x\",history.missing-queue"
    })
    void a_route_of_ones_own_on_a_queue_of_the_bridge_is_refused(String uri, String key) throws IOException {
        assertThat(refusal(ROUTE.replace("timer:t", uri)))
                .contains("70-mine.camel.yaml line 4: route mine takes messages from the queue of " + key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jms:queue:{{deliver.queue}}\"",
                "jms:queue:mine",
                "\"jms:queue:{{error.queue}}\"",
                "\"jms:queue:{{current.queue}}\"",
                "\"jms:queue:{{events.queue}}\"",
                "jms:topic:genesys.conversations.pages"
            })
    void a_route_of_ones_own_on_another_queue_is_accepted(String uri) throws IOException {
        assertThat(refusal(ROUTE.replace("timer:t", uri))).isEqualTo("accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pollEnrich: { constant: \"jms:queue:{{poll.replay-queue}}\" }",
                "pollEnrich: { constant: \"jms:genesys.poll.replays?receiveTimeout=5\", timeout: 100 }",
                "poll: { uri: jms, parameters: { destinationName: \"{{poll.replay-queue}}\" } }",
                "poll: \"jms:{{poll.replay-queue}}\""
            })
    void a_step_that_takes_from_a_queue_of_the_bridge_is_refused(String step) throws IOException {
        assertThat(refusal(ROUTE + "        - " + step + "\n"))
                .contains("70-mine.camel.yaml line 7: route mine takes messages from the queue of poll.replay-queue,"
                        + " as route replay-conversation does");
        assertThat(refusal(ROUTE + "        - "
                        + step.replaceFirst("\\{\\{poll.replay-queue}}|genesys.poll.replays", "mine") + "\n"))
                .isEqualTo("accepted");
    }

    @Test
    void a_route_of_ones_own_in_place_of_one_that_is_switched_off_is_accepted() throws IOException {
        switchOff("30-enrich-page", "enrich-page");
        assertThat(refusal(ROUTE.replace("timer:t", "\"jms:queue:{{page.queue}}\"")))
                .isEqualTo("accepted");

        switchOff("40-agent-history", "agent-history");
        assertThat(refusal(ROUTE.replace("timer:t", "direct:agent-history"))).isEqualTo("accepted");
    }

    @Test
    void two_of_ones_own_in_place_of_one_that_is_switched_off_are_refused() throws IOException {
        switchOff("30-enrich-page", "enrich-page");
        String mine = ROUTE.replace("timer:t", "\"jms:queue:{{page.queue}}\"");

        assertThat(refusal(mine + mine.replace("mine", "second")))
                .contains("line 10: route second takes messages from the queue of page.queue, as route mine does");
    }

    private void switchOff(String file, String id) throws IOException {
        Path path = routes.resolve(file + ".camel.yaml");
        Files.writeString(
                path,
                Files.readString(path).replace("    id: " + id + "\n", "    id: " + id + "\n    autoStartup: false\n"));
    }

    @ParameterizedTest
    @CsvSource({"-1,accepted", "-2,it must be -1 or more"})
    void a_timer_may_fire_at_once(String delay, String said) throws IOException {
        assertThat(refusal(ROUTE.replace("timer:t", "timer:t?delay=" + delay + "&repeatCount=1")))
                .contains(said);
    }

    @Test
    void the_parameters_of_a_template_are_no_settings() throws IOException {
        assertThat(refusal(
                        "- routeTemplate:\n    id: every\n    parameters:\n      - name: period\n    from:\n      uri:"
                                + " \"timer:t?period={{period}}\"\n      steps:\n        - log: x\n"))
                .isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roll-back | accepted",
                "\"roll-back,heal-at-next-poll\" | accepted",
                "roll* | accepted",
                "\"roll-back, heal-at-next-poll\" | line 3: no routeConfiguration with id ' heal-at-next-poll'. Write the list without blanks",
                "\"roll-back,heal-at-next-pol\" | line 3: no routeConfiguration with id heal-at-next-pol; did you mean heal-at-next-poll?",
                "\"roll-back,\" | line 3: no routeConfiguration with id",
                "rol* | accepted",
                "nothing* | line 3: no routeConfiguration with id nothing*"
            })
    void the_policies_that_a_route_names_are_there(String named, String said) throws IOException {
        assertThat(refusal(ROUTE.replace("id: mine\n", "id: mine\n    routeConfigurationId: " + named + "\n")))
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id: \"*\", "})
    void a_policy_of_every_route_is_refused(String id) throws IOException {
        assertThat(refusal("- routeConfiguration: { " + id + "onException: [ { onException: { exception: ["
                        + " java.lang.Exception ], steps: [ { log: x } ] } } ] }\n" + ROUTE))
                .contains(
                        "line 1: this routeConfiguration has no id, so that it applies to each route that names none");
    }

    @Test
    void a_policy_that_no_route_names_is_found() throws IOException {
        String policy =
                "- routeConfiguration: { id: unused, onCompletion: [ { onCompletion: { steps: [ { log: x } ] } } ] }\n";
        Path file = Files.writeString(routes.resolve("70-mine.camel.yaml"), policy + ROUTE);

        assertThat(RouteFiles.read(routes).unusedPolicies())
                .containsExactly(file + " line 1: routeConfiguration unused");
        assertThat(RouteFiles.read(Path.of("routes")).unusedPolicies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quartz:g/t | has no time to fire at",
                "quartz:g/t?triggerStartDelay=5s | has no time to fire at",
                "\"quartz:g/t?cron=0+0+*+*+*+?\" | accepted",
                "quartz:g/t?trigger.repeatInterval=60000 | accepted"
            })
    void a_quartz_endpoint_without_a_time_is_refused(String uri, String said) throws IOException {
        assertThat(refusal(ROUTE.replace("timer:t", uri))).contains(said);
        String option = uri.contains("?") ? uri.replaceFirst(".*\\?(.*?)=(.*?)\"?$", "$1: \"$2\"") : "groupName: g";
        assertThat(refusal(ROUTE.replace(
                        "timer:t", "quartz\n      parameters:\n        triggerName: t\n        " + option)))
                .contains(said);
    }

    private String refusal(String text) throws IOException {
        Files.writeString(routes.resolve("70-mine.camel.yaml"), text);
        return refusal();
    }

    private String refusal() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> {
            RouteFiles files = RouteFiles.read(routes);
            Settings settings = new SettingsReader(Map.of()).read(Path.of("config"), files.placeholders(), Map.of());
            files.check(settings.placeholders());
        });
        return refused == null ? "accepted" : String.join("\n", refused.problems());
    }
}
