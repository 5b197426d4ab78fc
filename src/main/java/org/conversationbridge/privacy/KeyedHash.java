// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.conversationbridge.settings.Secret;

/**
 * HMAC-SHA-256 (RFC 2104) of a text in UTF-8, in hexadecimal: the same caller stays the same caller, and
 * without the key no one finds a number by trying all there are.
 */
final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final Secret key;

    KeyedHash(Secret key) {
        this.key = key;
    }

    String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
