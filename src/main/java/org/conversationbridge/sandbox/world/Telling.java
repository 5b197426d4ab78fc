// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A story while it is being written: time goes on step by step, people come and go, and what is to be said is noted.
 */
final class Telling {
    private static final int PER_DAYS = 500;

    private final Plan plan;
    private final List<SandboxAgent> agents;
    private final List<SandboxQueue> queues;
    private final SplittableRandom random;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Span> lives = new ArrayList<>();
    private final List<Work> works = new ArrayList<>();
    private final TreeMap<Instant, Moment> moments = new TreeMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final TreeSet<String> auxiliary = new TreeSet<>();
    private final int firstAgent;
    private final int firstQueue;
    private String mediaType;
    private String direction = "inbound";
    private Moment last = new Moment("queued", "", "", "", Map.of(), new TreeSet<>());
    private Instant begun;
    private Instant now;
    private int steps;

    Telling(Plan plan, List<SandboxAgent> agents, List<SandboxQueue> queues, Instant start) {
        this.plan = plan;
        this.agents = agents;
        this.queues = queues;
        this.random = new SplittableRandom(plan.seed());
        this.firstAgent = random.nextInt(agents.size());
        this.firstQueue = random.nextInt(queues.size());
        this.mediaType = plan.mediaType();
        this.begun = start;
        this.now = start;
    }

    String id() {
        return Ids.uuid(random).toString();
    }

    Instant now() {
        return now;
    }

    boolean has(Twist twist) {
        return plan.twists().contains(twist);
    }

    /** Some time goes by. */
    void pass() {
        long step = plan.steps().get(steps % plan.steps().size());
        now = now.plusMillis(has(Twist.DAYS) ? step * PER_DAYS : step);
        steps++;
    }

    SandboxAgent agent(int number) {
        return agents.get((firstAgent + number) % agents.size());
    }

    SandboxQueue queue(int number) {
        return queues.get((firstQueue + number) % queues.size());
    }

    /** What it is about, and who began it. */
    void about(String newMediaType, String newDirection) {
        mediaType = newMediaType;
        direction = newDirection;
    }

    String mediaType() {
        return mediaType;
    }

    String direction() {
        return direction;
    }

    // Who comes

    Actor comes(String purpose, String name) {
        return add(new Actor(this, purpose, "", name, ""));
    }

    Actor comes(String purpose, SandboxAgent agent, String queueId) {
        return add(new Actor(this, purpose, agent.userId(), agent.name(), queueId));
    }

    /** An agent whom the Platform API does not name. */
    Actor comesUnnamed(String queueId) {
        return add(new Actor(this, "agent", "", "Agent", queueId));
    }

    private Actor add(Actor actor) {
        actors.add(actor);
        return actor;
    }

    Leg customer(String segmentType) {
        return comes("customer", "Customer").leg(mediaType, direction, segmentType);
    }

    /** It waits in a queue from now on. */
    Leg waits(SandboxQueue queue) {
        return add(new Actor(this, "acd", "", queue.name(), queue.id()))
                .leg(mediaType, direction, "interact")
                .measure("nOffered", 1);
    }

    // What is to be said from now on

    void say(String state, String agentUserId, String queueId) {
        Map<String, String> others = new HashMap<>(roles);
        others.remove(agentUserId);
        last = new Moment(state, agentUserId, queueId, mediaType, others, auxiliary);
        moments.put(now, last);
    }

    void say(String state, Leg agent) {
        say(state, agent.userId(), agent.queueId());
    }

    private void again() {
        say(last.state(), last.agentUserId(), last.queueId());
    }

    /** Another person is on it, or was. */
    void role(String userId, String role) {
        roles.put(userId, role);
        again();
    }

    /** Nothing more is to be said of a participant. */
    void forget(String userId) {
        roles.remove(userId);
        again();
    }

    void accompanies(String medium) {
        auxiliary.add(medium);
        again();
    }

    void accompaniesNoMore(String medium) {
        auxiliary.remove(medium);
        again();
    }

    // What recurs

    /** A queue's wait ends: an agent answers. */
    void answers(Leg agent, Leg waiting) {
        waiting.stops().measure("tAcd", waiting.age());
        agent.goes("interact").measure("tAnswered", waiting.age());
        say("connected", agent);
    }

    /** The talk is over; the agent does after-call work until the next step, where they do any. */
    void wrapsUp(Leg agent) {
        if (has(Twist.NO_WRAP_UP)) {
            agent.stops();
            return;
        }
        agent.goes("wrapup");
    }

    /** The agent is done. */
    void isDone(Leg agent) {
        isDone(agent, 0);
    }

    /** The agent is done, who talked for a while on a second leg beside a hold. */
    void isDone(Leg agent, long secondLeg) {
        agent.stops(Ids.code(random));
        long talk = agent.millis("interact");
        worked(agent, talk, talk + secondLeg, handled(agent));
    }

    /** The agent is done with a callback, and had a call beside it. */
    void isDone(Leg callback, Leg call) {
        callback.stops(Ids.code(random));
        worked(callback, call.millis("interact"), callback.millis("interact"), handled(callback));
    }

    private long handled(Leg agent) {
        long handle = agent.millis("interact", "hold", "wrapup", "dialing", "contacting", "voicemail");
        agent.measure("tTalkComplete", agent.millis("interact"));
        if (!has(Twist.NO_HANDLE_TIME) || !agent.queueId().isEmpty()) {
            agent.measure("tHandle", handle);
        }
        return handle;
    }

    /** What an agent did is to be reported in the end. */
    void worked(Leg agent, long talk, long talkAtMost, long handle) {
        OptionalLong wait = agent.session().metrics().stream()
                .filter(metric -> metric.name().equals("tAnswered"))
                .mapToLong(Metric::value)
                .findFirst();
        works.add(new Work(
                agent.userId(),
                agent.queueId(),
                agent.wrapUpCode(),
                mediaType,
                direction,
                talk,
                talkAtMost,
                agent.millis("hold"),
                agent.millis("wrapup"),
                handle,
                wait,
                agent.millis("barging") == 0,
                agent.begun(),
                agent.until()));
    }

    /** One life is over. */
    void ends(String queueId) {
        lives.add(new Span(begun, now));
        say("ended", "", queueId);
    }

    /** It is opened again. */
    void opensAgain() {
        begun = now;
    }

    Story story(String outcome) {
        return new Story(
                id(),
                plan,
                random.nextInt(10_000),
                direction,
                Ids.DIVISION,
                has(Twist.OTHER_CLOCK) ? 13 : 0,
                lives,
                actors.stream().map(Actor::part).toList(),
                moments,
                works.stream().sorted(Comparator.comparing(Work::from)).toList(),
                outcome);
    }
}
