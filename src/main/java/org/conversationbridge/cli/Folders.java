// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where routes and settings are read from: beside the program unless stated otherwise. */
final class Folders {
    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

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
        return config == null ? home().resolve("config") : folder("--config", config);
    }

    Path routes() {
        return routes == null ? home().resolve("routes") : folder("--routes", routes);
    }

    private static Path folder(String option, Path given) {
        if (given.toString().isBlank()) {
            throw new SettingsException(option + " is empty. Write the folder behind it, or leave it out.");
        }
        if (Files.isRegularFile(given)) {
            throw new SettingsException(option + " " + given + ": this is a file. Give the folder that holds it: "
                    + option + " " + Optional.ofNullable(given.getParent()).orElse(Path.of(".")));
        }
        return given;
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
        for (String policy : files.unusedPolicies()) {
            LOG.warn(
                    "{} is named by no route, so that it does nothing. Name it with routeConfigurationId in a route, or"
                            + " remove it.",
                    policy);
        }
        Bridge.check(settings, routes());
        return files.toString();
    }

    private static Path home() {
        return Path.of(System.getProperty("conversation-bridge.home", ""));
    }
}
