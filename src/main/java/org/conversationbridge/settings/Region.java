// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The domain of a Genesys Cloud region; the API is at {@code api.<domain>}, the token endpoint at
 * {@code login.<domain>}. Source: PureCloudRegionHosts of the vendor's JavaScript SDK 262.0.0.
 */
final class Region {
    private static final Map<String, String> DOMAINS = new TreeMap<>(Map.ofEntries(
            Map.entry("us-east-1", "mypurecloud.com"),
            Map.entry("us-east-2", "use2.us-gov-pure.cloud"),
            Map.entry("us-west-2", "usw2.pure.cloud"),
            Map.entry("ca-central-1", "cac1.pure.cloud"),
            Map.entry("sa-east-1", "sae1.pure.cloud"),
            Map.entry("eu-west-1", "mypurecloud.ie"),
            Map.entry("eu-west-2", "euw2.pure.cloud"),
            Map.entry("eu-central-1", "mypurecloud.de"),
            Map.entry("eu-central-2", "euc2.pure.cloud"),
            Map.entry("eusc-de-east-1", "edee1.eusc-pure.cloud"),
            Map.entry("ap-south-1", "aps1.pure.cloud"),
            Map.entry("ap-northeast-1", "mypurecloud.jp"),
            Map.entry("ap-northeast-2", "apne2.pure.cloud"),
            Map.entry("ap-northeast-3", "apne3.pure.cloud"),
            Map.entry("ap-southeast-1", "apse1.pure.cloud"),
            Map.entry("ap-southeast-2", "mypurecloud.com.au"),
            Map.entry("me-central-1", "mec1.pure.cloud"),
            Map.entry("mx-central-1", "mxc1.pure.cloud")));

    private static final Pattern HOST = Pattern.compile(
            "(?:https?://)?(?:(?:api|apps|login|streaming)\\.|(?<=//))([a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?:/.*)?");

    private Region() {}

    /**
     * The domain of a region. A name with a dot is taken for a domain, so that a region younger than this program
     * works.
     *
     * @throws IllegalArgumentException naming the known regions
     */
    static String domain(String written) {
        String region = written.toLowerCase(Locale.ROOT);
        Matcher host = HOST.matcher(region);
        if (host.matches()) {
            throw new IllegalArgumentException(
                    "'" + written + "' is a host or a URL; write the domain only: " + host.group(1));
        }
        String domain = DOMAINS.get(region);
        if (domain != null) {
            return domain;
        }
        // Those of mypurecloud are all known: newer regions are called otherwise.
        if (region.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}") && !region.startsWith("mypurecloud.")
                || DOMAINS.containsValue(region)) {
            return region;
        }
        throw new IllegalArgumentException("'" + region + "' is not a region; use one of "
                + String.join(", ", DOMAINS.keySet()) + ", or the domain of your org");
    }
}
