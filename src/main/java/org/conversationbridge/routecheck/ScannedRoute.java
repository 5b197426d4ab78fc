// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.conversationbridge.routecheck.RouteScan.Named;

/** One route as it is written: where it listens, whom it calls, and what in it may leave a transaction. */
final class ScannedRoute {
    /** The name of a JMS property is an identifier; a placeholder is one that is not known yet. */
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*|.*\\{\\{.*");

    private final String id;
    private final Map<Hazard, List<Named>> hazards = new EnumMap<>(Hazard.class);
    private final Set<String> calls = new TreeSet<>();
    private String direct = "";
    private String source = "";
    private final List<Named> headers = new ArrayList<>();
    private boolean beginsTransaction;
    private boolean sendsMessages;
    private boolean removesHeaders;
    private boolean isSwitchedOff;

    ScannedRoute(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Notes a key of the YAML. */
    void meet(String key, String value, String where) {
        Hazard.of(key, value)
                .ifPresent(hazard -> hazards.computeIfAbsent(hazard, first -> new ArrayList<>())
                        .add(new Named(value.isEmpty() ? key : key + ": " + value, where)));
        if (key.equals("transacted") && value.isEmpty()) {
            beginsTransaction = true;
        }
        if (key.equals("removeHeaders")) {
            removesHeaders = true;
        }
    }

    /** Notes a hazard that stands outside of it. */
    void meet(Hazard hazard, Named what) {
        hazards.computeIfAbsent(hazard, first -> new ArrayList<>()).add(what);
    }

    void listensTo(String directName, String uriOrQueue) {
        direct = directName;
        source = uriOrQueue;
    }

    /** Notes that it is not started. */
    void switchedOff() {
        isSwitchedOff = true;
    }

    /** Whether it is not started, so that another route may be there in its place. */
    boolean isSwitchedOff() {
        return isSwitchedOff;
    }

    /** Notes a header that a step sets. */
    void sets(Named header) {
        headers.add(header);
    }

    /** Notes that it sends JMS messages, which have the headers as their properties. */
    void sendsMessages() {
        sendsMessages = true;
    }

    /**
     * The names of headers that it cannot have as JMS properties; Camel would rename them.
     *
     * @param others among which are those that it calls
     */
    List<Named> wrongProperties(Collection<ScannedRoute> others) {
        return sendsHeaders(others, new HashSet<>())
                ? headers.stream()
                        .filter(header -> !PROPERTY.matcher(header.name()).matches())
                        .toList()
                : List.of();
    }

    /**
     * Whether its headers become properties of a message: of its own, or of a route that it calls and that keeps them.
     */
    private boolean sendsHeaders(Collection<ScannedRoute> others, Set<ScannedRoute> seen) {
        return sendsMessages
                || seen.add(this)
                        && others.stream()
                                .filter(other -> calls.contains(other.direct) && !other.removesHeaders)
                                .anyMatch(other -> other.sendsHeaders(others, seen));
    }

    void sendsTo(String directName) {
        calls.add(directName);
    }

    /** The {@code direct:} name it listens to; empty if there is none. */
    String direct() {
        return direct;
    }

    /** The queue it consumes, as it is written, or the uri. */
    String source() {
        return source;
    }

    Set<String> calls() {
        return calls;
    }

    /** Whether one of its steps begins a transaction. */
    boolean beginsTransaction() {
        return beginsTransaction;
    }

    /** Where it has hazards of a kind. */
    List<Named> hazards(Hazard kind) {
        return hazards.getOrDefault(kind, List.of());
    }
}
