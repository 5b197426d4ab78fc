// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.distribution.Distribution;
import org.conversationbridge.distribution.Program;

/** The connectors, one life after the other at each place; all share the broker. */
final class Connectors implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> environment;
    private final Connector[] running;
    private final List<Connector> lives = new ArrayList<>();
    private final List<String> died = new ArrayList<>();

    /** @param folder of their logs */
    Connectors(int places, Path folder, Map<String, String> environment) {
        this.running = new Connector[places];
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Starts a new life at a place, under a new name. */
    void start(int place) throws IOException {
        String name = "connector-" + (lives.size() + 1);
        Map<String, String> own = new HashMap<>(environment);
        own.put("GENESYS_ORG_ID", name);
        Program program =
                Program.startLogged(folder, own, folder.resolve(name + ".log"), Distribution.program(), "run");
        running[place] = new Connector(name, place, program);
        lives.add(running[place]);
    }

    void startAll() throws IOException {
        for (int place = 0; place < running.length; place++) {
            start(place);
        }
    }

    /** Kills every one and starts it again. */
    void restartAll() throws Exception {
        for (Connector connector : running.clone()) {
            connector.program().kill();
            start(connector.place());
        }
    }

    /** The one at a place; any number is a place. */
    Connector at(int number) {
        return running[number % running.length];
    }

    /** The running one of a name. */
    Optional<Connector> named(String name) {
        return List.of(running).stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst();
    }

    /** A life of a name, over or not. */
    Connector life(String name) {
        return lives.stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whoever ended without being killed is noted and started again. */
    void restartDead() throws IOException {
        for (Connector connector : running.clone()) {
            if (!connector.program().isAlive()) {
                died.add(connector.name());
                start(connector.place());
            }
        }
    }

    /** Those that ended by themselves. */
    List<String> died() {
        return List.copyOf(died);
    }

    @Override
    public void close() throws Exception {
        for (Connector connector : running) {
            if (connector != null) {
                connector.program().close();
            }
        }
    }
}
