// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * How long an agent worked on a conversation, in milliseconds: of each metric the sum over the agent's sessions. What
 * goes on at once in two of them, as in a callback and its call, is counted once; nothing exceeds the time from the
 * start to the end of the sessions.
 *
 * <p>The handle time is {@code tHandle}; of a session without it, as of a call for no queue, what the vendor makes it
 * of: contacting, dialing, talk, hold, after-call work and the voicemail listened to. Of a call without any metric the
 * segments say what the metrics would.
 */
final class HandlingTimes {
    private final List<Session> sessions;
    private final List<Stretch> calls;
    private final long span;

    /** @param longest where a session does not say when it was */
    HandlingTimes(List<Session> handled, long longest) {
        this.sessions = handled;
        this.calls = Stretch.merged(handled.stream()
                .filter(session -> session.isCall() && isTimed(session))
                .flatMap(session -> session.span().stream())
                .toList());
        List<Optional<Stretch>> spans = handled.stream().map(Session::span).toList();
        long known = Stretch.together(spans.stream().flatMap(Optional::stream).toList());
        this.span = spans.stream().allMatch(Optional::isPresent) ? known : Math.max(known, longest);
    }

    /**
     * With the customer or, in a consultation, with another agent; what a supervisor says who barged in is talk too.
     */
    long talkMs() {
        return once(this::talk, Set.of("interact", "barging"));
    }

    long heldMs() {
        return once(this::held, Set.of("hold"));
    }

    long afterCallWorkMs() {
        return once(HandlingTimes::afterCallWork, Set.of("wrapup"));
    }

    /** Never less than talk and hold. */
    long handleMs() {
        long handled = once(this::handle, Session.HANDLING);
        return Math.max(handled, once(session -> talk(session) + held(session), Session.TALK));
    }

    private long once(ToLongFunction<Session> metric, Set<String> segmentTypes) {
        long sum = 0;
        long apart = 0;
        List<Stretch> all = new ArrayList<>();
        for (Session session : sessions) {
            List<Stretch> own = session.stretches(segmentTypes);
            sum += metric.applyAsLong(session);
            apart += Stretch.together(own);
            all.addAll(own);
        }
        long together = Stretch.together(all);
        return Math.min(apart > together ? Math.min(sum, together) : sum, span);
    }

    private long handle(Session session) {
        long told = session.sum("tHandle");
        return session.emits("tHandle")
                ? Math.max(told, talk(session) + held(session))
                : talk(session)
                        + held(session)
                        + afterCallWork(session)
                        + (isStandIn(session) ? 0 : session.sum("tDialing", "tContacting"))
                        + session.sum("tVoicemail");
    }

    private long talk(Session session) {
        if (isStandIn(session)) {
            return 0;
        }
        return isUnmeasured(session)
                ? Stretch.together(session.stretches(Set.of("interact", "barging")))
                : Math.max(first(session, "tTalk", "tTalkComplete"), session.sum("tBarging"));
    }

    private long held(Session session) {
        if (isStandIn(session)) {
            return 0;
        }
        return isUnmeasured(session)
                ? Stretch.together(session.stretches(Set.of("hold")))
                : first(session, "tHeld", "tHeldComplete");
    }

    private static long afterCallWork(Session session) {
        return isUnmeasured(session) ? Stretch.together(session.stretches(Set.of("wrapup"))) : session.sum("tAcw");
    }

    private static boolean isUnmeasured(Session session) {
        return session.isCall() && session.json().objects("metrics").isEmpty();
    }

    private static long first(Session session, String metric, String sumOfIt) {
        return session.emits(metric) ? session.sum(metric) : session.sum(sumOfIt);
    }

    /** A callback goes on beside its call; who talks, talks in the call. */
    private boolean isStandIn(Session session) {
        return session.isCallback()
                && session.span()
                        .filter(own -> calls.stream().anyMatch(own::overlaps))
                        .isPresent();
    }

    /** Its times are there, or it was not answered. */
    private static boolean isTimed(Session call) {
        return call.emits("tTalk") || call.emits("tTalkComplete") || !call.has("interact");
    }
}
