// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

/**
 * An expression that cannot work.
 *
 * @param routeId route, or routeConfiguration, that it is in
 * @param line of its step in the file; 0 = not known
 * @param word what is wrong, as it stands in the file
 * @param sentence what is wrong and what to do
 */
public record Mistake(String routeId, int line, String word, String sentence) {}
