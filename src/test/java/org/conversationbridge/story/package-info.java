// SPDX-License-Identifier: Apache-2.0
/**
 * Stories of conversations and what is to be said of them. Belongs here: how they are generated, and the comparison of
 * messages with them. Does not: any class of the connector.
 */
package org.conversationbridge.story;
