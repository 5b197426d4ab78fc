// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationWithoutAttributes;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has which role, and by which rule: the cases of {@code src/test/resources/roles} in both shapes. */
class RoleCasesTest {
    private static final ObjectMapper VENDOR = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void in_the_listing(RoleCase told) throws Exception {
        Conversation read = ConversationReader.read(RoleCaseInListing.json(told));

        assertThat(summary(read)).as(told.name()).isEqualTo(told.expect());
        assertAgentIsPrimary(read);
        assertThat(VENDOR.treeToValue(RoleCaseInListing.json(told), com.mypurecloud.sdk.v2.model.Conversation.class))
                .isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("casesOfAnalytics")
    void in_analytics(RoleCase told) throws Exception {
        Conversation read = AnalyticsConversationReader.read(RoleCaseInAnalytics.json(told));

        assertThat(summary(read))
                .as(told.name())
                .isEqualTo(told.analytics() == null ? told.expect() : told.analytics());
        assertAgentIsPrimary(read);
        assertThat(VENDOR.treeToValue(RoleCaseInAnalytics.json(told), AnalyticsConversationWithoutAttributes.class))
                .isNotNull();
    }

    @Test
    void every_case_has_a_name_of_its_own() {
        assertThat(cases().map(RoleCase::name)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void every_rule_decides_in_some_case() {
        Set<String> deciding = cases().flatMap(told -> told.expect().agents().stream())
                .map(agent -> agent.split(" ")[2])
                .collect(Collectors.toSet());

        assertThat(deciding)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Rule.values()).map(Rule::label).toList());
    }

    static Stream<RoleCase> cases() {
        return RoleCase.all();
    }

    static Stream<RoleCase> casesOfAnalytics() {
        return RoleCase.all().filter(told -> !told.listingOnly());
    }

    private static RoleCase.Expected summary(Conversation read) {
        return new RoleCase.Expected(
                read.state().label(),
                read.agents().stream()
                        .map(agent -> agent.userId() + " " + agent.role() + " " + agent.rule())
                        .toList());
    }

    private static void assertAgentIsPrimary(Conversation read) {
        assertThat(read.agents().stream().filter(agent -> agent.role().equals("primary")))
                .isEqualTo(Stream.ofNullable(read.agent()).toList());
    }
}
