// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.conversationbridge.routecheck.RouteScan.Named;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;

/**
 * The route files of a folder, looked at before Camel loads them, for what Camel reports late, without a line or not at
 * all. What is left to Camel is found by a rehearsal, see {@code Bridge.check}.
 */
public final class RouteFiles {
    /**
     * A route that no other one calls, so that its absence would be unnoticed.
     *
     * @param without what would be missing
     * @param off how to do without it on purpose
     */
    private record Needed(String without, String off) {
        private static final String NOT_STARTED = "keep the file and write 'autoStartup: false' below its id";
        private static final String NO_NOTIFICATIONS =
                "keep the file and set poll.source to another value than notifications";
    }

    private static final Map<String, Needed> NEEDED = Map.of(
            "request-poll", new Needed("no poll would be requested", Needed.NOT_STARTED),
            "request-first-poll",
                    new Needed("the first poll would wait for the next fire time of poll.cron", Needed.NOT_STARTED),
            "hold-channels", new Needed("no notification channel would be connected", Needed.NO_NOTIFICATIONS),
            "receive-notification", new Needed("each notification would be lost", Needed.NO_NOTIFICATIONS),
            "receive-request", new Needed("no poll would run", Needed.NOT_STARTED),
            "enrich-page", new Needed("nothing would be delivered", Needed.NOT_STARTED),
            "look-up-names", new Needed("names would stay empty", "keep the file and set names.look-up to false"));

    /** Shipped for routes of one's own, see docs/change.md. */
    private static final Set<String> OFFERED = Set.of("wait-and-roll-back");

    private final Path folder;
    private final List<Path> files;
    private final RouteScan scan = new RouteScan();
    private final List<RouteFile> read = new ArrayList<>();

    private RouteFiles(Path folder, List<Path> files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Reads the {@code *.camel.yaml} files of a folder.
     *
     * @throws SettingsException when there are none, one is no list in YAML, or one looks like a route and has another
     *     name
     */
    public static RouteFiles read(Path folder) {
        RouteFiles routes = new RouteFiles(folder, in(folder));
        for (Path file : routes.files) {
            RouteFile text = RouteFile.read(file);
            routes.read.add(text);
            routes.scan.scan(text);
        }
        routes.scan.joinPolicies();
        return routes;
    }

    /**
     * The route files of a folder, in the order in which they are read. What editors leave behind is none.
     *
     * @throws SettingsException when there are none, or one looks like a route and has another name
     */
    public static List<Path> in(Path folder) {
        return new RouteFolder(folder).files();
    }

    /** How many there are. */
    public int count() {
        return files.size();
    }

    /** Folder, number of files and of routes, for one line at the start. */
    @Override
    public String toString() {
        return folder + ", " + files.size() + " files, " + scan.routes.size() + " routes";
    }

    /** The keys named as placeholders. */
    public Set<String> placeholders() {
        return scan.placeholders.stream().map(Named::name).collect(Collectors.toSet());
    }

    /**
     * Refuses what can not work; what placeholders stand for is not looked at.
     *
     * @param keys what placeholders may name
     * @throws SettingsException naming file and line of each problem
     */
    public void check(Collection<String> keys) {
        check(keys, Map.of());
    }

    /**
     * Refuses what can not work.
     *
     * @param settings what placeholders may name, and what they stand for
     * @throws SettingsException naming file and line of each problem
     */
    public void check(Map<String, String> settings) {
        check(settings.keySet(), settings);
    }

    private void check(Collection<String> keys, Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        unknown(scan.placeholders, keys, "no setting for the placeholder ", "", problems);
        unknown(
                scan.senders,
                scan.listeners,
                "no route listens to direct:",
                " Is a file of the folder missing, or the name misspelt?",
                problems);
        unknownPolicies(problems);
        scan.withoutExpression.forEach(step -> problems.add(step.where() + ": '" + step.name()
                + "' has no expression. Write one below it, for example simple: \"${body}\", at the depth of its other"
                + " keys."));
        scan.noNumbers.forEach(option -> problems.add(option.where() + ": '" + option.name()
                + "' is not a number; write one, in milliseconds if it is a delay."));
        scan.routes.values().stream()
                .flatMap(route -> route.wrongProperties(scan.routes.values()).stream())
                .forEach(header -> problems.add(header.where() + ": '" + header.name()
                        + "' cannot be the name of a JMS property: consumers would see another one. Use letters, digits"
                        + " and _ only."));
        scan.mistakes.forEach(mistake -> problems.add(mistake.where() + ": " + mistake.name()));
        idsTwice(problems);
        problems.addAll(EndpointOptions.wrong(scan.endpoints));
        problems.addAll(OptionValues.wrong(scan.endpointsWithOptions(), scan.steps, settings));
        List<ScannedRoute> all = new ArrayList<>(scan.routes.values());
        all.addAll(scan.policyRoutes);
        problems.addAll(new Promises(all).broken());
        problems.addAll(new TakenQueues(read, settings).problems());
        problems.addAll(new Circles(read, settings).problems());
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /**
     * Refuses a folder that lacks what the bridge cannot be without.
     *
     * @throws SettingsException naming each missing route
     */
    public void checkComplete() {
        List<String> problems = NEEDED.entrySet().stream()
                .filter(needed -> !scan.routes.containsKey(needed.getKey()))
                .map(needed -> folder + ": there is no route '" + needed.getKey() + "', and without it "
                        + needed.getValue().without()
                        + ". Restore its file from the distribution; to switch it off on purpose, "
                        + needed.getValue().off() + ".")
                .sorted()
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** Where a policy stands that no route names. */
    public List<String> unusedPolicies() {
        return scan.policies.entrySet().stream()
                .filter(policy -> !OFFERED.contains(policy.getKey()))
                .filter(policy -> scan.policiesWanted.stream().noneMatch(use -> use.isOf(policy.getKey())))
                .map(policy -> policy.getValue() + ": routeConfiguration " + policy.getKey())
                .toList();
    }

    /** Camel takes a list, and does not take the blanks off. */
    private void unknownPolicies(List<String> problems) {
        for (RouteScan.PolicyUse use : scan.policiesWanted) {
            Named pattern = use.pattern();
            boolean isPadded = scan.policies.containsKey(pattern.name().strip());
            if (scan.policies.keySet().stream().noneMatch(use::isOf)) {
                if (isPadded) {
                    problems.add(pattern.where() + ": no routeConfiguration with id '" + pattern.name()
                            + "'. Write the list without blanks, for example first,second.");
                } else {
                    unknown(List.of(pattern), scan.policies.keySet(), "no routeConfiguration with id ", "", problems);
                }
            }
        }
    }

    private void idsTwice(List<String> problems) {
        Map<String, String> seen = new HashMap<>();
        for (Named id : scan.ids) {
            String before = seen.putIfAbsent(id.name(), id.where());
            if (before != null) {
                problems.add(id.where() + ": the id '" + id.name() + "' is taken, at " + before
                        + ". Ids are unique over all files; write another one"
                        + (scan.routes.containsKey(id.name()) ? ", or remove the file that was copied." : "."));
            }
        }
    }

    /** A name is guessed only if few letters are wrong. */
    private static void unknown(
            List<Named> wanted, Collection<String> known, String what, String hint, List<String> problems) {
        for (Named named : wanted) {
            if (!known.contains(named.name())) {
                problems.add(named.where() + ": " + what + named.name()
                        + SettingsReader.guess(named.name(), known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("." + hint));
            }
        }
    }
}
