// SPDX-License-Identifier: Apache-2.0
/**
 * What has been announced, as it is kept on the broker. Belongs here: the entries of the checkpoint, what a poll
 * changes in them. Does not: how they are read and written (broker, routes), what is treated as a change (change).
 */
@NullMarked
package org.conversationbridge.checkpoint;

import org.jspecify.annotations.NullMarked;
