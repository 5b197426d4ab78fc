// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

/**
 * What is wrong with a queue on the broker, or with the settings of its address.
 *
 * @param queue its name
 * @param sentence what it is, what it must be and what to do
 * @param grave whether a promise of the bridge does not hold while it is so; else it only costs
 */
public record QueueFault(String queue, String sentence, boolean grave) {}
