// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.conversationbridge.chaos.Blow.Kind;
import org.conversationbridge.chaos.Blow.Moment;

/**
 * How many blows of each kind. Their order and everything about each is decided by a seed; what the processes make of
 * it is not.
 *
 * @param freezes of a connector or the broker
 * @param pollerKills of whichever connector polls, once the blow before is got over
 */
record Schedule(int connectorKills, int brokerKills, int freezes, int cuts, int pollerKills) {
    private static final Duration FREEZE = Duration.ofSeconds(10);
    private static final List<Moment> MOMENTS =
            List.of(Moment.ANY, Moment.ANNOUNCE, Moment.ANNOUNCE, Moment.DELIVER, Moment.DELIVER);

    Schedule(int connectorKills, int brokerKills, int freezes, int cuts) {
        this(connectorKills, brokerKills, freezes, cuts, 0);
    }

    /** The blows, one after the other. */
    List<Blow> blows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Kind> kinds = new ArrayList<>();
        kinds.addAll(Collections.nCopies(connectorKills, Kind.KILL_CONNECTOR));
        kinds.addAll(Collections.nCopies(brokerKills, Kind.KILL_BROKER));
        kinds.addAll(Collections.nCopies(cuts, Kind.CUT));
        kinds.addAll(Collections.nCopies(pollerKills, Kind.KILL_POLLER));
        boolean connector = random.nextBoolean();
        for (int i = 0; i < freezes; i++) {
            kinds.add(connector ? Kind.FREEZE_CONNECTOR : Kind.FREEZE_BROKER);
            connector = !connector;
        }
        Collections.shuffle(kinds, new Random(random.nextLong()));
        return kinds.stream().map(kind -> blow(kind, random)).toList();
    }

    private static Blow blow(Kind kind, SplittableRandom random) {
        Duration length = switch (kind) {
            case KILL_CONNECTOR, KILL_POLLER -> millis(random, 0, 1_500);
            case KILL_BROKER -> millis(random, 0, 3_000);
            case FREEZE_CONNECTOR, FREEZE_BROKER -> FREEZE;
            case CUT -> millis(random, 500, 5_000);
        };
        return new Blow(
                kind,
                millis(random, 500, 4_000),
                random.nextBoolean() || kind == Kind.KILL_POLLER,
                kind == Kind.KILL_POLLER ? Moment.ANY : MOMENTS.get(random.nextInt(MOMENTS.size())),
                random.nextInt(1, 10),
                millis(random, 0, 60),
                length,
                random.nextInt(Integer.MAX_VALUE),
                random.nextBoolean());
    }

    private static Duration millis(SplittableRandom random, int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }
}
