// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that hand a message back to themselves: refused where every message goes round, accepted where one may end. */
class CirclesTest {
    private static final String A = "- route: { id: a, from: { uri: %s, steps: [ { log: x }, { %s } ] } }\n";
    private static final String B =
            "- route: { id: b, from: { uri: \"direct:b\", steps: [ { to: \"direct:a\" } ] } }\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: \"direct:b\"",
                "to: \"direct://b?timeout=5000\"",
                "to: { uri: direct, parameters: { name: b } }",
                "to: { uri: direct, parameters: { name: \"{{mine}}\" } }",
                "toD: \"direct:b\"",
                "wireTap: { uri: \"direct:b\" }",
                "enrich: { constant: \"direct:b\" }",
                "enrich: { expression: { constant: { expression: \"direct:b\" } } }",
                "recipientList: { constant: \"direct:other,direct:b\" }",
                "multicast: { steps: [ { to: \"log:x\" }, { to: \"direct:b\" } ] }",
                "doTry: { steps: [ { to: \"direct:b\" } ], doCatch: [ { exception: [ java.lang.Exception ] } ] }",
                "pipeline: { steps: [ { step: { steps: [ { to: \"direct:b\" } ] } } ] }",
                "delay: { constant: 5 } }, { to: \"direct:b\""
            })
    void a_circle_that_every_message_takes_is_refused(String call) throws IOException {
        assertThat(problems(A.formatted("\"direct:a\"", call) + B))
                .containsExactly(
                        folder.resolve("mine.camel.yaml") + " line 2: this call closes a circle that no message leaves:"
                                + " a -> b -> a. Remove it, or put it into a filter or choice whose condition ends it.");
    }

    @Test
    void a_route_that_calls_itself_is_refused_and_so_is_one_over_a_queue() throws IOException {
        assertThat(problems(A.formatted("\"direct:a\"", "to: \"direct:a\"")))
                .singleElement()
                .asString()
                .contains("line 1: ", "a -> a.");
        assertThat(problems(A.formatted("\"jms:queue:x\"", "to: { uri: jms, parameters: { destinationName: x } }")))
                .singleElement()
                .asString()
                .contains("line 1: ", "a -> a.");
    }

    /** What may end, by a condition, by an end in a route that is called, or by what the broker selects. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter: { simple: \"${body}\", steps: [ { to: \"direct:b\" } ] }",
                "choice: { when: [ { simple: \"${body}\", steps: [ { to: \"direct:b\" } ] } ] }",
                "split: { simple: \"${body}\", steps: [ { to: \"direct:b\" } ] }",
                "loop: { simple: \"${header.n}\", steps: [ { to: \"direct:b\" } ] }",
                "doTry: { steps: [ { log: x } ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ { to: \"direct:b\" } ] } ] }",
                "filter: { simple: \"${body}\", steps: [ { stop: {} } ] } }, { to: \"direct:b\"",
                "validate: { simple: \"${body}\" } }, { to: \"direct:b\"",
                "to: \"direct:check\" } , { to: \"direct:b\"",
                "toD: \"direct:${header.next}\"",
                "to: \"direct:c\""
            })
    void a_circle_that_may_end_is_accepted(String call) throws IOException {
        String check = "- route: { id: check, from: { uri: \"direct:check\", steps: [ { filter: { simple: \"${body}\","
                + " steps: [ { stop: {} } ] } } ] } }\n";
        String off =
                "- route: { id: c, autoStartup: false, from: { uri: \"direct:c\", steps: [ { to: \"direct:a\" } ] } }\n";

        assertThat(problems(A.formatted("\"direct:a\"", call) + B + check + off))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jms:queue:x?selector=RAW(a=1)\", steps: [ { to: \"jms:queue:x\" } ]",
                "\"jms:queue:x\", steps: [ { delay: { constant: 60000 } }, { to: \"jms:queue:x\" } ]",
                "\"jms:topic:x\", steps: [ { to: \"jms:queue:x\" } ]",
                "\"jms:queue:x\", steps: [ { to: \"jms:queue:y\" } ]",
                "\"timer:x\", steps: [ { to: \"direct:a\" } ]"
            })
    void what_comes_back_later_or_elsewhere_is_no_circle(String from) throws IOException {
        assertThat(problems("- route: { id: a, from: { uri: " + from + " } }\n"))
                .isEmpty();
    }

    @Test
    void the_shipped_routes_have_none() {
        List<RouteFile> files =
                RouteFiles.in(Path.of("routes")).stream().map(RouteFile::read).toList();

        assertThat(new Circles(files, Map.of()).problems()).isEmpty();
    }

    private List<String> problems(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.camel.yaml"), text);
        return new Circles(List.of(RouteFile.read(file)), Map.of("mine", "b")).problems();
    }
}
