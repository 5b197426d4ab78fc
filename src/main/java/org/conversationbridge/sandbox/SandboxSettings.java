// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.time.Duration;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.WorldSettings;

/**
 * How the sandbox is.
 *
 * @param requestsPerMinute rate limit; 0 = none
 * @param userContext whether the token has a user, so that {@code GET /api/v2/conversations} answers; a real client of
 *     grant type Client Credentials has none
 * @param tutorial answer in the tutorial's shapes
 * @param analyticsLag from the end of after-call work until analytics knows its wrap-up code and {@code tHandle}
 * @param reprocessedAfter from the end of a conversation until analytics reports it as {@link Story#reprocessed}; 0 =
 *     never
 * @param defaultPage rows on a page of a listing where the request asks for no {@code pageSize}
 * @param largestPage rows on a page of a listing at most, whatever is requested
 */
public record SandboxSettings(
        WorldSettings world,
        String clientId,
        String clientSecret,
        Duration tokenLife,
        int requestsPerMinute,
        boolean userContext,
        boolean tutorial,
        Duration analyticsLag,
        Duration reprocessedAfter,
        int defaultPage,
        int largestPage) {
    /** What the description of the Platform API gives as the default of its listings. */
    private static final int DEFAULT_PAGE = 25;

    private static final int LARGEST_PAGE = 100;

    /** One whose listings page as the Platform API's do. */
    public SandboxSettings(
            WorldSettings world,
            String clientId,
            String clientSecret,
            Duration tokenLife,
            int requestsPerMinute,
            boolean userContext,
            boolean tutorial,
            Duration analyticsLag,
            Duration reprocessedAfter) {
        this(
                world,
                clientId,
                clientSecret,
                tokenLife,
                requestsPerMinute,
                userContext,
                tutorial,
                analyticsLag,
                reprocessedAfter,
                DEFAULT_PAGE,
                LARGEST_PAGE);
    }

    /** One whose analytics knows everything at once, and stands by it. */
    public SandboxSettings(
            WorldSettings world,
            String clientId,
            String clientSecret,
            Duration tokenLife,
            int requestsPerMinute,
            boolean userContext,
            boolean tutorial) {
        this(
                world,
                clientId,
                clientSecret,
                tokenLife,
                requestsPerMinute,
                userContext,
                tutorial,
                Duration.ZERO,
                Duration.ZERO);
    }

    /** The same with listings of other pages: one that ignores {@code pageSize} has two equal numbers. */
    public SandboxSettings withPages(int newDefault, int newLargest) {
        return new SandboxSettings(
                world,
                clientId,
                clientSecret,
                tokenLife,
                requestsPerMinute,
                userContext,
                tutorial,
                analyticsLag,
                reprocessedAfter,
                newDefault,
                newLargest);
    }

    /** The limits of the Platform API, a small contact centre. */
    public static SandboxSettings defaults() {
        return new SandboxSettings(
                WorldSettings.SMALL, "sandbox", "sandbox-secret", Duration.ofHours(24), 300, false, false);
    }
}
