// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.canary;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.failure.BridgeException;

/** The failures that the program has a name for, and which of them were met: their names occurred in a text. */
final class Failures {
    /** What a broker may say: a login, a permission and an address that are refused, a checkpoint written by another. */
    private static final List<String> OF_THE_BROKER =
            List.of("AMQ229031", "BROKER_PERMISSION_MISSING", "BROKER_ADDRESS_FULL", "CHECKPOINT_OVERTAKEN");

    /**
     * The broker's start, or a later version, brings them about. They have numbers and names of entries in them and nothing
     * else.
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

    /** Every one. */
    static List<String> names() {
        List<String> names = new ArrayList<>(OF_THE_BROKER);
        new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.conversationbridge")
                        .stream()
                        .filter(type -> type.isAssignableTo(BridgeException.class)
                                && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !NOT_TO_BE_HAD.contains(name))
                        .forEach(names::add);
        return names;
    }
}
