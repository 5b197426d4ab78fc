// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

/**
 * One setting as it was found.
 *
 * @param text the value, stripped
 * @param origin where it stands, for messages: {@code config/application.properties line 12} or {@code environment
 *     variable POLL_CRON}
 */
public record Value(String text, String origin) {}
