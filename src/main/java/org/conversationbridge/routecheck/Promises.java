// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What routes must not do for the bridge to keep its word: each message once, in order, none lost. It applies to the
 * routes that a poll or a page passes through, found by whom they call; routes of the administrator's own may do as
 * they like.
 */
final class Promises {
    private static final String PAGES = "{{page.queue}}";
    private static final String POLL_REQUESTS = "{{poll.request-queue}}";

    private final Collection<ScannedRoute> routes;

    Promises(Collection<ScannedRoute> routes) {
        this.routes = routes;
    }

    /** What breaks a promise, a sentence each. */
    List<String> broken() {
        List<String> problems = new ArrayList<>();
        Set<ScannedRoute> ofPolls = reachedFrom(found -> isOf(found, PAGES) || isOf(found, POLL_REQUESTS));
        Set<ScannedRoute> ofPages = reachedFrom(found -> isOf(found, PAGES) || found.beginsTransaction());
        name(
                ofPolls,
                Hazard.OTHER_THREAD,
                "hands the work to another thread. Route %s is part of a transaction, which is bound to one: messages would"
                        + " be lost or arrive twice. Remove it; in a route of your own that no route here calls it is"
                        + " allowed.",
                problems);
        name(
                ofPolls,
                Hazard.COLLECTED,
                "keeps messages in memory and sends them on later, outside the transaction of route %s: they would be lost"
                        + " or arrive twice. Remove it, or use the aggregationStrategy of a split; in a route of your own"
                        + " that no route here calls it is allowed.",
                problems);
        name(
                ofPages,
                Hazard.NOT_TRANSACTED,
                "takes this endpoint out of the transaction of the page in route %s: messages would be lost or arrive twice."
                        + " Remove it, or write transacted: true; a setting cannot decide it.",
                problems);
        name(
                ofPages,
                Hazard.NOT_PERSISTENT,
                "sends messages that the broker keeps in memory only: those of route %s would be lost when it restarts."
                        + " Remove it.",
                problems);
        name(
                ofPolls,
                Hazard.FILE_WIDE,
                "applies to each route of this file, and route %s is part of a transaction with an error policy of its own:"
                        + " messages would be lost or arrive twice. Move it, with the routes of your own, to another file.",
                problems);
        return problems;
    }

    private static void name(Set<ScannedRoute> routes, Hazard hazard, String sentence, List<String> problems) {
        for (ScannedRoute route : routes) {
            route.hazards(hazard)
                    .forEach(step -> problems.add(step.where() + ": '" + step.name() + "' "
                            + String.format(Locale.ROOT, sentence, route.id())));
        }
    }

    private static boolean isOf(ScannedRoute route, String queue) {
        return route.source().contains(queue);
    }

    private Set<ScannedRoute> reachedFrom(Predicate<ScannedRoute> first) {
        Set<ScannedRoute> reached =
                new LinkedHashSet<>(routes.stream().filter(first).toList());
        List<ScannedRoute> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            ScannedRoute caller = open.remove(0);
            routes.stream()
                    .filter(route -> caller.calls().contains(route.direct()))
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }
}
