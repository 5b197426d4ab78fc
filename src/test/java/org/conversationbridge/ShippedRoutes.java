// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.nio.file.Path;
import java.util.Set;
import org.conversationbridge.routecheck.RouteFiles;

/** What the shipped routes name, read once in a process: no test writes to their folder. */
public final class ShippedRoutes {
    /** Where they are. */
    public static final Path FOLDER = Path.of("routes").toAbsolutePath();

    private static final Set<String> PLACEHOLDERS = RouteFiles.read(FOLDER).placeholders();

    private ShippedRoutes() {}

    /** The keys named as placeholders. */
    public static Set<String> placeholders() {
        return PLACEHOLDERS;
    }
}
