// SPDX-License-Identifier: Apache-2.0
/**
 * What of a person's data is handed on. Belongs here: what becomes of each field, by setting. Does not: who may read
 * the queues (the broker), or what logs show (nothing of it).
 */
@NullMarked
package org.conversationbridge.privacy;

import org.jspecify.annotations.NullMarked;
