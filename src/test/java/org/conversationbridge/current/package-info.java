// SPDX-License-Identifier: Apache-2.0
/** Who reads the current queue, how many of them, and how: against any broker, without the rest of the connector. */
@NullMarked
package org.conversationbridge.current;

import org.jspecify.annotations.NullMarked;
