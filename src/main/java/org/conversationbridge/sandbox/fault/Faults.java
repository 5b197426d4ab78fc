// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.NotificationFault;
import org.conversationbridge.sandbox.Sandbox;

/**
 * The faults by class name, as the command line offers them: each happens a few times; those of notifications to one of
 * five.
 */
public final class Faults {
    private static final int TIMES = 3;
    private static final long SEED = 42;
    private static final Map<String, Function<Sandbox, Fault>> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("AnswersTooManyRequests", sandbox -> new AnswersTooManyRequests(TIMES, "3", 3)),
            Map.entry("AnswersServerError", sandbox -> new AnswersServerError(TIMES, 503)),
            Map.entry("DropsConnection", sandbox -> new DropsConnection(TIMES)),
            Map.entry("DropsConnectionMidBody", sandbox -> new DropsConnectionMidBody(TIMES)),
            Map.entry("TruncatesJson", sandbox -> new TruncatesJson(TIMES)),
            Map.entry("AnswersHtml", sandbox -> new AnswersHtml(TIMES)),
            Map.entry("NeverEndsBody", sandbox -> new NeverEndsBody(TIMES)),
            Map.entry("DripsBody", sandbox -> new DripsBody(TIMES)),
            Map.entry("SendsGzipBomb", sandbox -> new SendsGzipBomb(TIMES)),
            Map.entry("DropsTokenRequest", sandbox -> new DropsTokenRequest(TIMES)),
            Map.entry("EchoesCredentials", sandbox -> new EchoesCredentials(TIMES)),
            Map.entry("StallsAnswer", sandbox -> new StallsAnswer(1, Duration.ofSeconds(30))),
            Map.entry("RevokesToken", sandbox -> new RevokesToken(TIMES, sandbox.oauth())),
            Map.entry("RefusesAddress", sandbox -> new RefusesAddress(TIMES)),
            Map.entry("LacksPermission", sandbox -> new LacksPermission(TIMES)),
            Map.entry("LimitsInterval", sandbox -> new LimitsInterval(Duration.ofHours(3))),
            Map.entry("LimitsPage", sandbox -> new LimitsPage(50)),
            Map.entry("MalformsConversation", sandbox -> new MalformsConversation()),
            Map.entry("MisshapesConversations", sandbox -> new MisshapesConversations(SEED)),
            Map.entry("WritesHostileText", sandbox -> new WritesHostileText(SEED)),
            Map.entry("RepeatsConversations", sandbox -> new RepeatsConversations()),
            Map.entry("IgnoresOrder", sandbox -> new IgnoresOrder()),
            Map.entry("IgnoresPageNumber", sandbox -> new IgnoresPageNumber()),
            Map.entry("RefusesPageSize", sandbox -> new RefusesPageSize()),
            Map.entry("OverstatesTotal", sandbox -> new OverstatesTotal(100))));

    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Map<String, Supplier<NotificationFault>> OF_NOTIFICATIONS = new TreeMap<>(Map.of(
            "DropsNotifications", () -> new DropsNotifications(5),
            "RepeatsNotifications", () -> new RepeatsNotifications(5, LATER),
            "DelaysNotifications", () -> new DelaysNotifications(5, LATER)));

    private Faults() {}

    /** Every name. */
    public static Iterable<String> names() {
        return Stream.concat(BY_NAME.keySet().stream(), OF_NOTIFICATIONS.keySet().stream())
                .sorted()
                .toList();
    }

    /**
     * Lets a fault happen in a sandbox.
     *
     * @throws IllegalArgumentException naming the faults there are
     */
    public static void add(String name, Sandbox sandbox) {
        Function<Sandbox, Fault> fault = BY_NAME.get(name);
        Supplier<NotificationFault> ofNotifications = OF_NOTIFICATIONS.get(name);
        if (fault != null) {
            sandbox.add(fault.apply(sandbox));
        } else if (ofNotifications != null) {
            sandbox.notifications().add(ofNotifications.get());
        } else {
            throw new IllegalArgumentException("unknown fault " + name + "; available: " + String.join(", ", names()));
        }
    }
}
