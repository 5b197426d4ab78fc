// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.conversationbridge.route.RouteScan.Named;

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
        for (ScannedRoute route : reachedFrom(found -> isOf(found, PAGES) || isOf(found, POLL_REQUESTS))) {
            for (Named step : route.otherThreads()) {
                problems.add(
                        step.where() + ": '" + step.name() + "' hands the work to another thread. Route " + route.id()
                                + " is part of a transaction, which is bound to one: messages would be lost or arrive twice."
                                + " Remove it; in a route of your own that no route here calls it is allowed.");
            }
        }
        for (ScannedRoute route : reachedFrom(found -> isOf(found, PAGES) || found.beginsTransaction())) {
            for (Named endpoint : route.notTransacted()) {
                problems.add(endpoint.where() + ": '" + endpoint.name()
                        + "' takes this endpoint out of the transaction of" + " the page in route " + route.id()
                        + ": messages would be lost or arrive twice. Remove it.");
            }
        }
        return problems;
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
