// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.quoted;

import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.completion.Completion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationDetailsTest {
    private static final Instant END = Instant.parse("2026-11-20T10:05:00Z");
    private static final Duration SETTLE_AFTER = Duration.ofMinutes(15);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'segmentType':'wrapup','segmentStart':'2026-11-20T10:04:00Z','segmentEnd':'2026-11-20T10:05:00Z'}  | 15
            {'segmentType':'interact','queueId':'q','segmentStart':'2026-11-20T10:04:00Z','segmentEnd':'2026-11-20T10:05:00Z'} | 15
            {'segmentType':'wrapup','segmentStart':'2026-11-20T10:04:00Z'} | 60
            """)
    void what_is_missing_for_so_long_will_not_come(String segment, int minutes) {
        Instant settled = END.plus(Duration.ofMinutes(minutes));

        assertThat(settled(segment, settled.minusMillis(1)).isFinal()).isFalse();
        assertThat(settled(segment, settled))
                .satisfies(last -> assertThat(last.isFinal()).isTrue())
                .satisfies(last -> assertThat(last.reason()).isNull());
    }

    @Test
    void it_is_counted_from_what_happened_last() {
        String later =
                "{'segmentType':'interact','segmentStart':'2026-11-20T10:04:00Z','segmentEnd':'2026-11-20T10:05:00Z'},"
                        + "{'segmentType':'wrapup','segmentStart':'2026-11-21T10:00:00Z','segmentEnd':'2026-11-21T10:01:00Z'}";

        assertThat(settled(later, Instant.parse("2026-11-21T10:14:00Z")).isFinal())
                .isFalse();
    }

    @Test
    void what_goes_on_never_settles() {
        ConversationDetails goesOn =
                ConversationDetails.read(quoted("{'conversationId':'c','participants':[{'purpose':'customer'}]}"));

        assertThat(goesOn.settled(END.plus(Duration.ofDays(9)), SETTLE_AFTER)
                        .completion()
                        .isFinal())
                .isFalse();
    }

    private static Completion settled(String segment, Instant now) {
        return ConversationDetails.read(quoted(
                        "{'conversationId':'c','conversationEnd':'" + END + "','participants':[{'purpose':'agent',"
                                + "'userId':'" + AGENT_BLUE + "','sessions':[{'mediaType':'voice','segments':["
                                + "{'segmentType':'interact','segmentStart':'2026-11-20T10:00:00Z','segmentEnd':'2026-11-20T10:04:00Z'},"
                                + segment + "]}]}]}"))
                .settled(now, SETTLE_AFTER)
                .completion();
    }
}
