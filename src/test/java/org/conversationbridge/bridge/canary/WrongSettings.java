// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;

/** Settings with secrets where they belong and where they do not; those that are refused, and one that is accepted. */
final class WrongSettings {
    private static final String IN_URL = "user:" + Planted.URL_PASSWORD + "@";
    private static final String BROKER = "tcp://" + IN_URL + "h:1?trustStorePassword=" + Planted.URL_PASSWORD;

    private WrongSettings() {}

    static void searchInto(CanaryRun run) {
        List<Map<String, String>> wrong = List.of(
                Map.of("GENESYS_API_URL", "https://" + IN_URL + "example.com"),
                Map.of("GENESYS_API_URL", "https://" + IN_URL + "no such host"),
                Map.of("GENESYS_LOGIN_URL", "https://example.com/?access_token=" + Planted.URL_PASSWORD),
                Map.of("GENESYS_CLIENT_SECRET_FILE", "/dev/null/none"),
                Map.of("BROKER_URL", BROKER + "&trustStorePath=x", "BROKER_TRUST_STORE", "/dev/null"),
                Map.of("PRIVACY_HASH_KEY", "", "PRIVACY_CUSTOMER_ADDRESS", "hash"),
                Map.of("HISTORY_LIMIT", "none", "BROKER_PORT", "none", "POLL_LOOKBACK", "none"));
        wrong.forEach(variables -> run.fails(() -> read(variables)));
        Settings accepted = read(Map.of("BROKER_URL", BROKER));
        run.surfaces().of("settings, as text and for routes").add(accepted + " " + accepted.placeholders());
    }

    private static Settings read(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GENESYS_CLIENT_SECRET", Planted.CLIENT_SECRET,
                "BROKER_PASSWORD", Planted.BROKER_PASSWORD,
                "PRIVACY_HASH_KEY", Planted.HASH_KEY));
        all.putAll(variables);
        Path routes = Path.of("routes");
        return new SettingsReader(all)
                .read(Path.of("config"), RouteFiles.read(routes).placeholders(), Map.of());
    }
}
