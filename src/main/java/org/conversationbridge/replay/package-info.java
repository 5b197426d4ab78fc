// SPDX-License-Identifier: Apache-2.0
/**
 * Sends parked messages through again. Belongs here: which message goes where, and that none is lost or doubled on the
 * way. Does not: what is done with it there (the routes), or how the command line shows it.
 */
@NullMarked
package org.conversationbridge.replay;

import org.jspecify.annotations.NullMarked;
