// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.poll.PollFigures;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are no list of conversations, or lie about how long it is. */
class HostileAnswersTest {
    private volatile String answer = "";

    @TempDir
    private Path dataDir;

    @Test
    void an_answer_that_is_invalid_fails_the_poll_by_name() throws Exception {
        String deep = "[".repeat(1_001) + "]".repeat(1_001);
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("[]", "not an object with a list of conversations");
        reasons.put("null", "not an object with a list of conversations");
        reasons.put("{\"conversations\":{\"a\":{}}}", "not an object with a list of conversations");
        reasons.put("{\"conversations\":\"none\"}", "not an object with a list of conversations");
        reasons.put("", "not, or not all, JSON");
        reasons.put("{\"conversations\":[" + deep + "]}", "breaks a limit of the JSON reader");
        reasons.put("{\"totalHits\":" + "9".repeat(1_001) + "}", "breaks a limit of the JSON reader");
        reasons.put("{\"" + "n".repeat(50_001) + "\":1}", "breaks a limit of the JSON reader");
        reasons.put("{\"conversations\":[{\"conversationId\":\"\ud83d\"", "not, or not all, JSON");

        try (LogCapture log = LogCapture.of(PollLog.class);
                TestBridge test = answering(Map.of("poll.source", "analytics", "genesys.retries", "1"))) {
            for (Map.Entry<String, String> answered : reasons.entrySet()) {
                long failed = test.bridge().polls().figures().failedPolls();
                poll(test, answered.getKey());

                await().until(() -> test.bridge().polls().figures().failedPolls() == failed + 1);
                assertThat(log.messages().stream().filter(line -> line.startsWith("poll failed")))
                        .hasSize((int) failed + 1)
                        .last()
                        .asString()
                        .contains(answered.getValue())
                        .containsAnyOf("code=GENESYS_ANSWER_UNREADABLE: ", "code=GENESYS_UNAVAILABLE: ");
            }
        }
    }

    @Test
    void a_number_of_hits_that_is_none_does_not_end_the_reading_nor_prolong_it() throws Exception {
        try (TestBridge test = answering(Map.of("poll.source", "analytics"))) {
            for (String totalHits : List.of("1e400", "1e999999999", "-1", "9".repeat(999), "\"many\"")) {
                PollFigures before = test.bridge().polls().figures();
                long asked = test.sandbox().apiRequests();
                poll(test, "{\"totalHits\":" + totalHits + "}");

                await().until(() -> test.bridge().polls().figures().polls() == before.polls() + 1);
                assertThat(test.bridge().polls().figures().failedPolls()).isZero();
                assertThat(test.sandbox().apiRequests()).isLessThanOrEqualTo(asked + 10);
            }
        }
    }

    /** To anything but a token request, its sandbox gives {@link #answer}. */
    private TestBridge answering(Map<String, String> settings) throws Exception {
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC());
        TestBridge test = TestBridge.of(sandbox, dataDir, settings);
        test.sandbox()
                .add((request, normal) -> request.isForToken()
                        ? normal.get()
                        : SandboxAnswer.json(200, answer).withHeader("Content-Type", "text/html; charset=bogus"));
        return test;
    }

    /** The first poll is the one at the start. */
    private void poll(TestBridge test, String toBeAnswered) throws JMSException {
        boolean first = test.sandbox().apiRequests() == 0;
        answer = toBeAnswered;
        if (first) {
            test.start();
        } else {
            test.poll();
        }
    }
}
