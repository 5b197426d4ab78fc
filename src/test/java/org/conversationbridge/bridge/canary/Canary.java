// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.sandbox.OAuthServer;

/**
 * Something that must not be where it does not belong, and how it is recognized.
 *
 * @param marks one of these is in every text that the pattern is found in, apart from backslashes
 * @param examples what a search has to find, in each form
 */
record Canary(String name, Kind kind, Pattern pattern, List<String> marks, List<String> examples) {
    /** What it is. */
    enum Kind {
        /** Must be nowhere. */
        SECRET,
        /** May be in the bodies of results, pages and parked originals, and nowhere else. */
        CUSTOMER
    }

    /** Tokens as the sandbox gives them. */
    static Canary token() {
        return new Canary(
                "token",
                Kind.SECRET,
                Pattern.compile(OAuthServer.TOKEN + "[0-9a-f]{4,}"),
                List.of(OAuthServer.TOKEN),
                List.of(OAuthServer.TOKEN + "0badf00d-0000-4000-8000-000000000000"));
    }

    /** The customers as the sandbox plays them. */
    static List<Canary> customers() {
        return List.of(
                customer("phone number", "1555555", "\\d{4}", "tel:+15555554711"),
                customer("mail address", "customer-", "\\d{1,4}(@|%40)", "customer-4711@example.com"),
                customer("visitor id", "visitor-", "\\d{1,4}\\b", "visitor-4711"),
                customer("customer name", "Customer", "( |%20|\\+|\\\\u0020)\\d{1,4}\\b", "Customer 4711"),
                customer("participant attribute", "account-", "\\d{6}", "account-004711"));
    }

    /** A secret as it is, as JSON in JSON writes it, as a form sends it and as Basic authentication sends it. */
    static Canary secret(String name, String user, String value) {
        List<String> encoded = List.of(
                urlEncoded(value),
                base64(value),
                base64(user + ":" + value).substring(4),
                base64(urlEncoded(user) + ":" + urlEncoded(value)).substring(4));
        Stream<String> patterns = encoded.stream().map(Pattern::quote);
        List<String> examples = new ArrayList<>(List.of(value, escaped(value), escaped(escaped(value))));
        examples.addAll(encoded);
        String any = Stream.concat(Stream.of(anyEscaped(value)), patterns).collect(Collectors.joining("|"));
        List<String> marks = new ArrayList<>(encoded);
        marks.add(value);
        return new Canary(name, Kind.SECRET, Pattern.compile(any), marks, examples);
    }

    /**
     * False where the pattern cannot be found: to look for the marks takes a small part of the time.
     *
     * @param text without backslashes
     */
    boolean isPossibleIn(String text) {
        return marks.stream().anyMatch(text::contains);
    }

    /** With any number of backslashes before each character but the first. */
    private static String anyEscaped(String text) {
        return text.chars()
                .mapToObj(character -> Pattern.quote(Character.toString(character)))
                .collect(Collectors.joining("\\\\*"));
    }

    private static String escaped(String text) {
        return text.replaceAll("([\"/\\\\])", "\\\\$1");
    }

    private static Canary customer(String name, String mark, String rest, String example) {
        return new Canary(
                name,
                Kind.CUSTOMER,
                Pattern.compile(mark + rest),
                List.of(mark),
                List.of(example, urlEncoded(example)));
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
