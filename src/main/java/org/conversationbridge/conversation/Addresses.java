// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses in one form, so that the same caller has the same one whichever medium or API reports it: a phone number is
 * {@code tel:} and the number in E.164, such as {@code tel:+15555550100} (RFC 3966 without parameters and separators).
 * Everything else stays as Genesys Cloud writes it.
 */
final class Addresses {
    private static final Pattern SCHEME = Pattern.compile("(?i)(tel|sips?|mailto):(.+)");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s().\\-/\\u00a0\\u2010-\\u2015]");
    private static final Pattern EXTENSION = Pattern.compile("(?i)\\s*(?:x|ext\\.?)\\s*\\d{1,10}$");
    private static final Pattern GLOBAL_NUMBER = Pattern.compile("\\+\\d{5,15}");
    private static final Pattern LOCAL_NUMBER = Pattern.compile("[\\d*#]{2,20}");

    private Addresses() {}

    static String canonical(String address) {
        String trimmed = address.strip();
        Matcher scheme = SCHEME.matcher(trimmed);
        if (!scheme.matches()) {
            String number = number(trimmed);
            return GLOBAL_NUMBER.matcher(number).matches() ? "tel:" + number : address;
        }
        String rest = scheme.group(2);
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "tel" -> telephone(rest, address);
            case "mailto" -> mail(rest.replaceFirst("\\?.*$", ""), address);
            default -> sip(rest, address);
        };
    }

    private static String mail(String rest, String original) {
        return rest.isEmpty() ? original : rest;
    }

    private static String telephone(String rest, String original) {
        String number = number(rest);
        boolean isNumber = GLOBAL_NUMBER.matcher(number).matches()
                || LOCAL_NUMBER.matcher(number).matches();
        return isNumber ? "tel:" + number : original;
    }

    /** The user is a phone number where it is written as one, or {@code user=phone} says so (RFC 3261). */
    private static String sip(String rest, String original) {
        int at = rest.indexOf('@');
        String number = number(at < 0 ? rest : rest.substring(0, at));
        boolean isNumber = GLOBAL_NUMBER.matcher(number).matches()
                || rest.toLowerCase(Locale.ROOT).contains(";user=phone")
                        && LOCAL_NUMBER.matcher(number).matches();
        return isNumber ? "tel:" + number : original;
    }

    private static String number(String text) {
        String plain = text.replaceFirst("(?i)^%2b", "+");
        int parameters = plain.indexOf(';');
        String withoutExtension = EXTENSION
                .matcher(parameters < 0 ? plain : plain.substring(0, parameters))
                .replaceFirst("");
        return SEPARATORS.matcher(withoutExtension).replaceAll("");
    }
}
