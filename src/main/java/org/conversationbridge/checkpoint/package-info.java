// SPDX-License-Identifier: Apache-2.0
/**
 * What has been announced, as it is kept on the broker, and so which conversations have changed since. Belongs here:
 * the entries of the checkpoint, what a poll or a notification finds changed and writes to them. Does not: how they are
 * read and written (broker, routes), what is kept of one conversation (change).
 */
@NullMarked
package org.conversationbridge.checkpoint;

import org.jspecify.annotations.NullMarked;
