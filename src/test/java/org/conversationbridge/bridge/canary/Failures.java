// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.failure.BridgeException;

/** The failures that the program has a name for, and which of them were met: their names occurred in a text. */
final class Failures {
    /**
     * What a broker may say: a login, a permission and an address that are refused, a checkpoint written by another.
     */
    private static final List<String> OF_THE_BROKER =
            List.of("AMQ229031", "BROKER_PERMISSION_MISSING", "BROKER_ADDRESS_FULL", "CHECKPOINT_OVERTAKEN");

    /**
     * The broker's start, or a later version, brings them about. They have numbers and names of entries in them and
     * nothing else.
     */
    private static final Set<String> NOT_TO_BE_HAD = Set.of(
            BrokerException.class.getSimpleName(),
            IncompleteCheckpointException.class.getSimpleName(),
            UnknownCheckpointFormatException.class.getSimpleName());

    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    Failures() {
        missing.addAll(names());
    }

    /** A text that was seen. */
    void look(String text) {
        missing.removeIf(text::contains);
    }

    /** Those that have not occurred yet. */
    Set<String> missing() {
        return new TreeSet<>(missing);
    }

    /** Every one. To list the compiled files takes a tenth of the time of importing them and the test classes. */
    static List<String> names() {
        List<String> names = new ArrayList<>(OF_THE_BROKER);
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(Failures::load)
                    .filter(type ->
                            BridgeException.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .map(Class::getSimpleName)
                    .filter(name -> !NOT_TO_BE_HAD.contains(name))
                    .forEach(names::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static Path classes() {
        try {
            return Path.of(BridgeException.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String file) {
        String name = file.replace(File.separatorChar, '.');
        try {
            return Class.forName(
                    name.substring(0, name.length() - ".class".length()), false, Failures.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
