// SPDX-License-Identifier: Apache-2.0
/**
 * Text that others wrote: customers, agents, servers. Belongs here: what it must be to serve as an identifier, how it
 * is made fit for a log line or a terminal; and how times are written. Does not: which field is which (the readers).
 */
@NullMarked
package org.conversationbridge.text;

import org.jspecify.annotations.NullMarked;
