// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is measured: the program, an older one, or what it is compared with. */
enum Peer {
    /** The program as it was built. */
    PROGRAM("program"),
    /** The program of another commit. */
    BASELINE("baseline"),
    /** {@link HandLoop} with one message for each conversation. */
    LOOP("loop"),
    /** {@link HandLoop} with the two messages for each conversation that the program sends, too. */
    LOOP_TWO("loop-two"),
    /** {@link RawProducer}. */
    RAW("raw"),
    /** {@link TextbookCamel}. */
    TEXTBOOK("textbook");

    private static final int USUAL_CHARACTERS = 2_500;

    private final String name;

    Peer(String name) {
        this.name = name;
    }

    static Peer named(String name) {
        for (Peer peer : values()) {
            if (peer.name.equals(name)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("no peer " + name);
    }

    boolean isProgram() {
        return this == PROGRAM || this == BASELINE;
    }

    boolean asksGenesys() {
        return this != RAW;
    }

    /** The line that it logs when all is delivered; empty where its end says so, or nothing does. */
    Optional<String> doneLine() {
        return isProgram() ? Optional.of("poll found=") : Optional.empty();
    }

    /** Whether it ends by itself. */
    boolean ends() {
        return !isProgram() && this != TEXTBOOK;
    }

    /**
     * Starts it.
     *
     * @param name of its files in the folder
     * @param environment broker and sandbox
     * @param characters of a message, where it does not know itself; 0 = the usual number
     */
    Launched start(
            Path folder, String name, Scenario scenario, Map<String, String> environment, int messages, int characters)
            throws IOException {
        String collectorLog = Launched.collectorLog(folder, name);
        if (isProgram()) {
            Map<String, String> all = new HashMap<>(environment);
            all.put("MANAGEMENT_PORT", "0");
            all.put("POLL_CRON", "0 0 0 1 1 ?");
            all.putAll(scenario.programEnvironment());
            all.merge("JAVA_OPTS", collectorLog, (given, added) -> given + " " + added);
            return Launched.start(
                    folder,
                    name,
                    all,
                    List.of(home().resolve("bin/conversation-bridge").toString(), "run"));
        }
        List<String> options = List.of(collectorLog);
        List<String> command = switch (this) {
            case LOOP -> JavaCommand.of(HandLoop.class, options, List.of("1"));
            case LOOP_TWO -> JavaCommand.of(HandLoop.class, options, List.of("2"));
            case TEXTBOOK -> JavaCommand.of(TextbookCamel.class, options, List.of());
            default ->
                JavaCommand.of(
                        RawProducer.class,
                        options,
                        List.of(
                                Integer.toString(messages),
                                Integer.toString(characters == 0 ? USUAL_CHARACTERS : characters)));
        };
        return Launched.start(folder, name, environment, command);
    }

    private Path home() {
        return Path.of(System.getProperty(this == BASELINE ? "baseline" : "distribution"))
                .toAbsolutePath();
    }

    @Override
    public String toString() {
        return name;
    }
}
