// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.conversationbridge.chaos.Blow.Moment;
import org.conversationbridge.distribution.ArtemisServer;
import org.conversationbridge.distribution.Program;

/** Deals the blows, one after the other, and keeps a log of them. */
final class Storm {
    /** Longest wait for a moment; a blow whose moment does not come is dealt anyway. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    /** Longest wait until the blow before is got over. */
    private static final Duration LONGEST_CALM = Duration.ofSeconds(30);
    /** How long the broker's answers are lost before a deaf cut. */
    private static final Duration DEAF = Duration.ofMillis(150);

    private final ArtemisServer artemis;
    private final BrokerLine line;
    private final Connectors connectors;
    private final GoodPolls polls;
    private final Path folder;
    private final Writer log;
    private int brokerLives = 1;

    /** @param folder of the broker's logs */
    Storm(ArtemisServer artemis, BrokerLine line, Connectors connectors, GoodPolls polls, Path folder, Writer log) {
        this.artemis = artemis;
        this.line = line;
        this.connectors = connectors;
        this.polls = polls;
        this.folder = folder;
        this.log = log;
    }

    /** Returns when everything runs again. */
    void rage(List<Blow> blows) throws Exception {
        for (Blow blow : blows) {
            pause(blow.pause());
            connectors.restartDead();
            if (blow.calm()) {
                polls.await(Instant.now(), LONGEST_CALM);
            }
            strike(blow);
        }
    }

    private void strike(Blow blow) throws Exception {
        Optional<Connector> busy = busy(blow);
        Connector connector = busy.or(() -> poller(blow)).orElseGet(() -> connectors.at(blow.number()));
        boolean deaf = blow.deaf() && blow.kind() == Blow.Kind.CUT;
        if (deaf) {
            line.deafen();
            pause(DEAF);
        }
        pause(blow.delay());
        note((deaf ? "deaf " : "") + blow.kind() + ", " + connector.name()
                + (busy.isPresent() ? " at " + blow.moment() : "") + ", for "
                + blow.length().toMillis() + " ms");
        switch (blow.kind()) {
            case KILL_CONNECTOR, KILL_POLLER -> {
                connector.program().kill();
                pause(blow.length());
                connectors.start(connector.place());
            }
            case KILL_BROKER -> {
                artemis.program().kill();
                pause(blow.length());
                brokerLives++;
                artemis.start(folder.resolve("artemis-" + brokerLives + ".log"));
            }
            case FREEZE_CONNECTOR -> freeze(connector.program(), blow.length());
            case FREEZE_BROKER -> freeze(artemis.program(), blow.length());
            case CUT -> {
                line.cut();
                pause(blow.length());
                line.mend();
            }
        }
    }

    /** The connector that the moment has come for. */
    private Optional<Connector> busy(Blow blow) throws InterruptedException {
        return blow.moment() == Moment.ANY
                ? Optional.empty()
                : polls.watch().await(blow.moment(), blow.times(), LONGEST_WAIT).flatMap(connectors::named);
    }

    /** The connector that polls, where that one is to be hit. */
    private Optional<Connector> poller(Blow blow) {
        return blow.kind() == Blow.Kind.KILL_POLLER
                ? polls.watch().lastToPoll().flatMap(connectors::named)
                : Optional.empty();
    }

    private static void freeze(Program program, Duration length) throws Exception {
        program.suspend();
        pause(length);
        program.resume();
    }

    private void note(String text) throws IOException {
        log.write(Instant.now() + " " + text + "\n");
        log.flush();
    }

    private static void pause(Duration length) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
    }
}
