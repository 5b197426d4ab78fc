// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.conversationbridge.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {
    private static final Set<String> KEYS = Set.of("poll.cron", "deliver.queue");

    @TempDir
    private Path folder;

    @Test
    void a_placeholder_that_no_setting_answers_to_is_refused_with_its_line() {
        assertThatThrownBy(
                        () -> check(
                                "- route:\n    from:\n      uri: timer:x\n      parameters:\n        period: \"{{poll.corn}}\"\n"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "a.camel.yaml line 5: no setting for the placeholder poll.corn; did you mean" + " poll.cron?");
    }

    @Test
    void a_default_or_a_function_needs_no_setting() {
        assertThatCode(() -> check("- route:\n    from:\n      uri: timer:{{env:NAME}}-{{of.mine:7}}-{{?poll.cron}}\n"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_direct_name_that_no_route_listens_to_is_refused_with_its_line() {
        assertThatThrownBy(() -> check("""
                        - route:
                            from:
                              uri: direct
                              parameters:
                                name: call-genesys
                              steps:
                                - to:
                                    uri: direct
                                    parameters:
                                      name: call-genesis
                                - to:
                                    uri: direct:call-genesy
                                - enrich:
                                    expression:
                                      constant:
                                        expression: direct:cal-genesys
                        """))
                .hasMessageContaining("line 8: no route listens to direct:call-genesis; did you mean call-genesys?")
                .hasMessageContaining("line 12: no route listens to direct:call-genesy; did you mean call-genesys?")
                .hasMessageContaining("line 16: no route listens to direct:cal-genesys; did you mean call-genesys?");
    }

    @Test
    void an_error_policy_that_is_not_there_is_refused_with_its_line() {
        assertThatThrownBy(() -> check("""
                        - routeConfiguration:
                            id: roll-back
                        - route:
                            routeConfigurationId: rollback
                            from:
                              uri: timer:x
                        """))
                .hasMessageContaining("line 4: no routeConfiguration with id rollback; did you mean roll-back?");
    }

    /** Camel reads it when something fails, as a number of milliseconds. */
    @Test
    void a_pause_of_a_policy_whose_default_has_a_unit_is_refused_with_its_line() {
        assertThatThrownBy(() -> check("""
                        - routeConfiguration:
                            id: mine
                            onException:
                              - onException:
                                  exception: [java.lang.Exception]
                                  redeliveryPolicy:
                                    redeliveryDelay: "{{my.pause:5s}}"
                                    maximumRedeliveryDelay: "{{my.longest-pause:5000}}"
                        """))
                .hasMessageContaining("line 7: 'redeliveryDelay: {{my.pause:5s}}' is not a number")
                .hasMessageNotContaining("longest-pause");
    }

    @Test
    void what_is_no_yaml_is_refused_with_its_line() {
        assertThatThrownBy(() -> check("- route:\n    id: x\n   from: y\n"))
                .hasMessageContaining("a.camel.yaml line 3: not YAML");
    }

    @Test
    void a_folder_without_routes_is_refused() {
        assertThatThrownBy(() -> RouteFiles.read(folder)).hasMessageContaining("no *.camel.yaml file in it");
        assertThatThrownBy(() -> RouteFiles.read(folder.resolve("no"))).hasMessageContaining("no such folder");
    }

    @Test
    void the_shipped_routes_are_in_order() {
        RouteFiles routes = RouteFiles.read(Path.of("routes"));

        assertThat(routes.placeholders()).contains("poll.cron", "deliver.queue", "names.request-interval");
        assertThatCode(() -> routes.check(routes.placeholders())).doesNotThrowAnyException();
    }

    private void check(String yaml) throws IOException {
        Files.writeString(folder.resolve("a.camel.yaml"), yaml);
        RouteFiles.read(folder).check(KEYS);
    }
}
