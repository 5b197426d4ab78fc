// SPDX-License-Identifier: Apache-2.0
/**
 * The command line. Belongs here: options, what is printed, exit codes. Does not: what the commands start.
 */
@NullMarked
package org.conversationbridge.cli;

import org.jspecify.annotations.NullMarked;
