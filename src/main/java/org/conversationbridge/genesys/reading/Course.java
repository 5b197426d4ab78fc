// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How a conversation went, as far as its outcome depends on it: what {@link OutcomeRule} needs to know. */
final class Course {
    /** A metric that says how the customer left a queue, and when. */
    private record Exit(String metric, Instant at) {}

    private static final Set<String> FLOWS = Set.of("ivr", "workflow", "botflow");
    private static final Set<String> VOICEMAIL = Set.of("voicemail");
    private static final Set<String> ABANDONS = Set.of("tAbandon", "tShortAbandon", "tCallbackAbandon");
    private static final String FLOW_OUT = "tFlowOut";

    private final JsonObject conversation;
    private final List<Participation> participants;
    private final List<Session> customers;
    private final List<Session> outside;
    private final List<Session> agents;
    private final Optional<Session> lastQueue;
    private final Optional<Exit> lastExit;

    Course(JsonObject conversation, List<Participation> participants) {
        this.conversation = conversation;
        this.participants = participants;
        List<Participation> customer = customer();
        this.customers = sessions(customer::contains);
        this.outside = sessions(each -> each.purpose().equals("external") && !customer.contains(each));
        this.agents = sessions(Participation::isAgent);
        this.lastQueue = sessions(Participation::isQueue).stream()
                .filter(queue ->
                        !queue.isCallback() || Stream.of("tAbandon", FLOW_OUT).anyMatch(queue::emits))
                .max(Comparator.comparing(Session::start));
        this.lastExit = sessions(each -> !each.isAgent()).stream()
                .flatMap(Course::exits)
                .max(Comparator.comparing(Exit::at));
    }

    /** Customer and agent were in the talk together; of a message or e-mail, the agent worked on it. */
    boolean agentMetCustomer() {
        List<Session> talks = talks();
        if (customers.isEmpty()) {
            // Only two agents talk with each other.
            return !talks.isEmpty()
                    && (hasQueue() || talks.stream().anyMatch(Session::isForQueue) || talkingAgents() == 1);
        }
        return talks.stream().anyMatch(this::isWithCustomer);
    }

    /** An agent played the message that the customer left for a queue. */
    boolean agentHeardVoicemail() {
        return agents.stream().anyMatch(session -> session.has(VOICEMAIL) || session.sum("tVoicemail") > 0);
    }

    /** Their phone was called after they had left the last queue, if there was one, without an answer. */
    boolean customerDidNotAnswer() {
        List<Session> called = customers.stream()
                .filter(session -> session.isCall() && isOutbound(session))
                .toList();
        if (called.isEmpty()) {
            return lastQueue.isEmpty()
                    && talkingAgents() < 2
                    && customers.stream().noneMatch(Session::isCall)
                    && agents.stream().anyMatch(session -> session.isCall() && session.isWork() && isDialing(session));
        }
        return called.stream().noneMatch(Course::isReached)
                && lastQueue
                        .filter(queue ->
                                called.stream().noneMatch(call -> call.start().isAfter(queue.start())))
                        .isEmpty();
    }

    /** The last that was counted of a queue is that the customer gave up; outbound also {@code nOutboundAbandoned}. */
    boolean abandonIsCounted() {
        return lastExit.filter(exit -> ABANDONS.contains(exit.metric())).isPresent() && !entersQueueAfterExit()
                || sessions(each -> true).stream().anyMatch(session -> session.sum("nOutboundAbandoned") > 0);
    }

    /** A voicemail box took it, out of a queue or directly. */
    boolean reachedVoicemail() {
        boolean box = participants.stream()
                .filter(each -> each.purpose().equals("voicemail"))
                .anyMatch(each ->
                        each.sessions().isEmpty() || each.sessions().stream().anyMatch(this::isAfterQueue));
        boolean flow = sessions(each -> !each.isAgent()).stream()
                .anyMatch(session -> session.has(VOICEMAIL)
                        || session.text("flowOutType").toLowerCase(Locale.ROOT).contains("voicemail")
                        || flowType(session).equals("VOICEMAIL"));
        return box || flow;
    }

    /** It left its last queue for something that is no agent. */
    boolean leftQueue() {
        boolean counted =
                lastExit.filter(exit -> exit.metric().equals(FLOW_OUT)).isPresent();
        return lastQueue.isPresent()
                && (counted && !entersQueueAfterExit()
                        || Stream.concat(sessions(each -> FLOWS.contains(each.purpose())).stream(), outside.stream())
                                .anyMatch(this::isAfterQueue));
    }

    /** The customer was in a queue last; who requested a callback does not wait in one. */
    boolean waitedLast() {
        return lastQueue.isPresent()
                || participants.stream()
                        .anyMatch(each -> each.isQueue() && each.sessions().isEmpty());
    }

    /** No one was to answer it: no queue, no agent; the contact answered, or it was sent to them. */
    boolean reachedByNoAgent() {
        return !hasQueue()
                && agents.isEmpty()
                && isOutbound()
                && (customers.stream().anyMatch(session -> session.isCall() && isReached(session))
                        || sessions(each -> true).stream().anyMatch(Course::isSent)
                                && sessions(each -> true).stream().noneMatch(Course::hasFailed));
    }

    /** It rang for an agent, not from a queue, and was not answered. */
    boolean rangAtAgent() {
        return !hasQueue()
                && talks().isEmpty()
                && outside.stream().noneMatch(session -> session.has(Session.TALK))
                && !isOutbound()
                && agents.stream()
                        .anyMatch(session -> !session.isSupervision()
                                && (session.has("alert")
                                        || session.emits("tAlert")
                                        || session.emits("tNotResponding")));
    }

    /** An IVR, bot or other flow took part, alone. */
    boolean onlyFlow() {
        return !hasQueue()
                && talks().isEmpty()
                && outside.stream().noneMatch(session -> session.has(Session.TALK))
                && !isOutbound()
                && participants.stream().anyMatch(Course::isFlow);
    }

    private boolean hasQueue() {
        return participants.stream().anyMatch(Participation::isQueue);
    }

    /** Who has that purpose; without one the first who is outside. */
    private List<Participation> customer() {
        List<Participation> named = participants.stream()
                .filter(each -> each.purpose().equals("customer"))
                .toList();
        return named.isEmpty()
                ? participants.stream()
                        .filter(each -> each.purpose().equals("external"))
                        .min(Comparator.comparing(Course::start))
                        .map(List::of)
                        .orElse(List.of())
                : named;
    }

    private List<Session> talks() {
        return agents.stream().filter(Course::isTalk).toList();
    }

    private static boolean isTalk(Session session) {
        return !session.isCallback()
                && session.isWork()
                && (session.has(Session.TALK) || session.sum("tTalk") > 0 || session.emits("tAnswered"));
    }

    private long talkingAgents() {
        return participants.stream()
                .filter(each -> each.isAgent() && each.sessions().stream().anyMatch(Course::isTalk))
                .map(each -> each.userId().orElse(""))
                .distinct()
                .count();
    }

    /** What has no times, or is no call, is believed. */
    private boolean isWithCustomer(Session talk) {
        List<Session> legs = customers.stream()
                .filter(session -> !session.isCallback())
                .filter(session -> !session.segments().isEmpty())
                .toList();
        if (legs.isEmpty() || !talk.isCall()) {
            return true;
        }
        List<Stretch> own = talk.stretches(Session.TALK);
        List<Session> connected =
                legs.stream().filter(leg -> leg.has(Session.TALK)).toList();
        List<Stretch> theirs = connected.stream()
                .flatMap(leg -> leg.stretches(Session.TALK).stream())
                .toList();
        return own.isEmpty() || theirs.isEmpty()
                ? !connected.isEmpty()
                : own.stream().anyMatch(mine -> theirs.stream().anyMatch(mine::overlaps));
    }

    private boolean isOutbound() {
        return conversation.text("originatingDirection").orElse("").equals("outbound")
                || customers.stream().anyMatch(Course::isOutbound);
    }

    private static boolean isOutbound(Session session) {
        return session.text("direction").equals("outbound") || isDialing(session);
    }

    private static boolean isDialing(Session session) {
        return session.has(Session.DIALING) || session.sum("tDialing", "tContacting") > 0;
    }

    /** A person has answered, as far as the dialer could report. */
    private static boolean isReached(Session call) {
        String disposition = call.text("dispositionName").toLowerCase(Locale.ROOT);
        return call.has(Session.TALK) && Stream.of("machine", "fax").noneMatch(disposition::contains);
    }

    private static boolean isSent(Session session) {
        return !session.isCall()
                && !session.isCallback()
                && session.text("direction").equals("outbound");
    }

    private static boolean hasFailed(Session message) {
        return message.text("deliveryStatus").toLowerCase(Locale.ROOT).contains("fail");
    }

    private boolean isAfterQueue(Session session) {
        return lastQueue
                .filter(queue -> session.start().isBefore(queue.start())
                        || !session.end().isAfter(queue.end()))
                .isEmpty();
    }

    /** Another queue, of which nothing is counted. */
    private boolean entersQueueAfterExit() {
        return lastQueue
                .filter(queue -> exits(queue).findAny().isEmpty())
                .filter(queue -> lastExit.filter(exit -> !exit.at().isAfter(queue.start()))
                        .isPresent())
                .isPresent();
    }

    private static Stream<Exit> exits(Session session) {
        return Stream.concat(ABANDONS.stream(), Stream.of(FLOW_OUT))
                .flatMap(session::metrics)
                .map(metric -> new Exit(
                        metric.text("name").orElse(""),
                        Objects.requireNonNullElse(metric.time("emitDate"), session.end())));
    }

    private static boolean isFlow(Participation participant) {
        return FLOWS.contains(participant.purpose())
                || participant.sessions().stream()
                        .map(Course::flowType)
                        .anyMatch(type -> !type.isEmpty() && !type.startsWith("INQUEUE") && !type.contains("SURVEY"));
    }

    private static String flowType(Session session) {
        return session.json()
                .object("flow")
                .flatMap(flow -> flow.text("flowType"))
                .orElse("");
    }

    private List<Session> sessions(Predicate<Participation> condition) {
        List<Session> all = new ArrayList<>();
        participants.stream().filter(condition).forEach(each -> all.addAll(each.sessions()));
        return all;
    }

    private static Instant start(Participation participant) {
        return participant.sessions().stream()
                .map(Session::start)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
