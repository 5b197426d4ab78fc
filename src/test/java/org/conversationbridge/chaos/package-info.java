// SPDX-License-Identifier: Apache-2.0
/**
 * The distribution under blows: connectors, broker and network are killed, frozen and cut while a contact centre goes
 * on, and what arrived is judged at the end. Belongs here: the blows and their schedule, the line that can be cut, the
 * oracle. Does not: faults of the Genesys Cloud sandbox (sandbox.fault).
 */
package org.conversationbridge.chaos;
