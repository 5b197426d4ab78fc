// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.conversationbridge.MovableClock;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Turn;
import org.conversationbridge.sandbox.world.WorldSettings;

/**
 * The load generator, in a process of its own: a sandbox whose clock stands still until it is moved, so that each peer
 * meets the same conversations however long it takes. It reads commands, one a line, and answers with one line each; the
 * end of its input is its end.
 *
 * <pre>
 * open        enforces the rate limit from now on, and counts from zero
 * count       requests, refused (429), early (arrived although a Retry-After was not over)
 * change N    moves the clock until N conversations have changed
 * </pre>
 */
final class SandboxServer {
    /** How far its clock is behind at the start, so that it can be moved and still is not ahead of the program's. */
    private static final Duration BEHIND = Duration.ofMinutes(40);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LOOK_AHEAD = Duration.ofSeconds(5);

    private final MovableClock clock;
    private final Sandbox sandbox;
    private final Toll toll;

    private SandboxServer(MovableClock clock, Sandbox sandbox, Toll toll) {
        this.clock = clock;
        this.sandbox = sandbox;
        this.toll = toll;
    }

    /** Arguments: conversations, agents, latency in milliseconds, requests per minute (0 = no limit). */
    public static void main(String[] arguments) throws Exception {
        int conversations = Integer.parseInt(arguments[0]);
        int agents = Integer.parseInt(arguments[1]);
        MovableClock clock = new MovableClock();
        clock.advance(Duration.between(clock.instant(), Instant.now().minus(BEHIND)));
        SandboxSettings small = SandboxSettings.defaults();
        WorldSettings world =
                new WorldSettings(conversations, agents, 10, small.world().historyPerAgent(), LONGEST, 42, true);
        SandboxSettings settings =
                new SandboxSettings(world, small.clientId(), small.clientSecret(), small.tokenLife(), 0, false, false);
        Toll toll = new Toll(
                Duration.ofMillis(Long.parseLong(arguments[2])), Integer.parseInt(arguments[3]), System::nanoTime);
        try (Sandbox sandbox =
                Sandbox.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings, clock)) {
            sandbox.add(toll);
            System.out.println("url " + sandbox.url());
            new SandboxServer(clock, sandbox, toll).obey();
        }
    }

    private void obey() throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ", -1);
            System.out.println(
                    switch (words[0]) {
                        case "open" -> toll.open();
                        case "count" -> toll.count();
                        case "change" -> change(Integer.parseInt(words[1]));
                        default -> throw new IllegalArgumentException(command);
                    });
        }
    }

    private String change(int wanted) {
        Set<String> changed = new HashSet<>();
        Instant from = clock.instant();
        while (changed.size() < wanted) {
            Instant until = clock.instant().plus(LOOK_AHEAD);
            for (Turn turn : sandbox.world().turns(clock.instant(), until)) {
                changed.add(turn.story().conversationId());
                if (changed.size() == wanted) {
                    until = turn.at();
                    break;
                }
            }
            clock.advance(Duration.between(clock.instant(), until));
        }
        if (clock.instant().isAfter(Instant.now())) {
            throw new IllegalStateException("the clock of the sandbox is ahead: fewer changes or polls");
        }
        return "changed " + changed.size() + " in "
                + Duration.between(from, clock.instant()).toMillis() + " ms";
    }
}
