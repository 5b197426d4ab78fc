// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.nio.file.Path;
import java.util.Map;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where routes and settings are read from: beside the program unless stated otherwise. */
final class Folders {
    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Folder of application.properties. Default: config beside the program.")
    private @Nullable Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "Folder of the *.camel.yaml routes. Default: routes beside the program.")
    private @Nullable Path routes;

    Path config() {
        return config == null ? home().resolve("config") : config;
    }

    Path routes() {
        return routes == null ? home().resolve("routes") : routes;
    }

    /** Reads the settings and looks at the routes, so that what cannot work is reported before anything starts. */
    Settings read(SettingsReader reader, Map<String, String> commandLine) {
        RouteFiles files = RouteFiles.read(routes());
        Settings settings = reader.read(config(), files.placeholders(), commandLine);
        files.check(settings.placeholders());
        return settings;
    }

    /**
     * Refuses routes that cannot work, before anything is started.
     *
     * @return folder, number of files and of routes
     */
    String checkRoutes(Settings settings) {
        RouteFiles files = RouteFiles.read(routes());
        files.checkComplete();
        Bridge.check(settings, routes());
        return files.toString();
    }

    private static Path home() {
        return Path.of(System.getProperty("conversation-bridge.home", ""));
    }
}
