// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/settings.md}, made of the settings' file: a table for each of its sections, its comments as the meaning.
 */
final class SettingsPage {
    private static final Pattern SECTION = Pattern.compile("# -+ (.*?) -+");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w.:/*-])(?:[a-z]+(?:[.][a-z-]+)+(?:[.][*])?|[A-Z]+(?:_[A-Z]+)+)(?![\\w/])");
    private static final Pattern WITH_STARS = Pattern.compile("[\\w:+.]*[*]+\\w*");
    private static final Map<String, String> LINKS = Map.of(
            "notifications.queues", " See [Notifications](notifications.md).",
            "poll.source", " See [How conversations are found](polling.md) and [Notifications](notifications.md).",
            "deliver.cloud-events", " See [CloudEvents](message.md#cloudevents).",
            "privacy.customer.address", " See [Privacy](privacy.md).",
            "deliver.backlog-limit", " See [Queues](queues.md#when-no-consumer-reads-the-results).");
    private static final String HEAD = """
            # Settings

            Generated from [config/application.properties](../config/application.properties), which has the same settings with
            their defaults; a test compares them. Set them in that file (UTF-8; a backslash is written twice) or by environment variable. The
            variable wins; an empty one is ignored.

            - Durations: `500ms`, `30s`, `15m`, `2h`, `1d`, `1h30m`; `0` means none. In a route, `{{a.duration}}` is the number
              of milliseconds.
            - Secrets can also be read from a file: `GENESYS_CLIENT_SECRET_FILE`, `BROKER_PASSWORD_FILE`,
              `BROKER_KEY_STORE_PASSWORD_FILE`, `PRIVACY_HASH_KEY_FILE`.
            - A key that no route and no setting knows is rejected at start. Keys of Camel (`camel.*`), and keys of your own that a
              route names as `{{your.key}}`, may be added. Those that the bridge decides itself are refused: `camel.main.autoStartup`,
              `camel.main.durationMaxSeconds`, `camel.component.jms.*` and the like, also as variables (`CAMEL_MAIN_AUTOSTARTUP`).
            - A list is separated by commas, line ends or tabs, so that a block of YAML is one.
            - A variable that begins as a setting does (`POLL_`, `BROKER_`, `DATA_`, ...) and is none is rejected too, with the setting that
              is meant. If it belongs to another program, start this one without it: `env -u DATA_SOURCE_URL conversation-bridge run`. What
              Kubernetes sets for a service called `broker` or `data` is ignored: `BROKER_SERVICE_HOST`, `BROKER_PORT_61616_TCP_ADDR`,
              `BROKER_PORT` if its value is an address such as `tcp://10.0.0.1:61616`.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);
    private final List<String> comment = new ArrayList<>();
    private final Map<String, Value> defaults;

    private SettingsPage(Map<String, Value> defaults) {
        this.defaults = defaults;
    }

    static String of(Path file) throws IOException {
        SettingsPage made = new SettingsPage(SettingsFile.read(file));
        boolean isBehindComment = false;
        for (String line : Files.readAllLines(file)) {
            boolean isComment = line.startsWith("#");
            if (isComment && !isBehindComment) {
                made.comment.clear();
            }
            made.add(line);
            isBehindComment = isComment;
        }
        return made.page.toString();
    }

    private void add(String line) {
        Matcher section = SECTION.matcher(line);
        if (section.matches()) {
            page.append("\n## ")
                    .append(section.group(1))
                    .append("\n\n| Variable | Key | Default | Meaning |\n| --- | --- | --- | --- |\n");
        } else if (line.startsWith("#")) {
            comment.add(line.substring(1).strip());
        } else if (line.contains("=")) {
            String key = line.substring(0, line.indexOf('='));
            String value = defaults.get(key).text();
            page.append("| `")
                    .append(SettingsReader.environmentName(key))
                    .append("` | `")
                    .append(key)
                    .append("` | ")
                    .append(value.isEmpty() ? "" : "`" + value + "` ")
                    .append("| ")
                    .append(prose(String.join(" ", comment)))
                    .append(LINKS.getOrDefault(key, ""))
                    .append(" |\n");
        }
    }

    /** Names of settings are code; what Markdown would read as its own is not. */
    private String prose(String text) {
        String escaped = text.replace("<", "&lt;").replace("|", "\\|");
        String named = NAME.matcher(escaped)
                .replaceAll(
                        found -> Matcher.quoteReplacement(isName(found) ? "`" + found.group() + "`" : found.group()));
        List<String> parts = new ArrayList<>(List.of(named.split("`", -1)));
        for (int i = 0; i < parts.size(); i += 2) {
            parts.set(i, WITH_STARS.matcher(parts.get(i)).replaceAll("`$0`"));
        }
        return String.join("`", parts);
    }

    private boolean isName(MatchResult found) {
        String name = found.group().replaceAll("[.][*]$", ".");
        return defaults.keySet().stream()
                .anyMatch(key -> key.equals(name)
                        || (name.endsWith(".") && key.startsWith(name))
                        || name.startsWith(SettingsReader.environmentName(key)));
    }
}
