// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

/** Which request and answer shapes are spoken with Genesys Cloud. */
public enum Dialect {
    /** The Platform API v2 as documented by the vendor. */
    PLATFORM,
    /** The shapes of a widespread tutorial ({@code type=voice}, {@code queries[]}, flat rows). */
    TUTORIAL
}
