// SPDX-License-Identifier: Apache-2.0
/** One rule for what is doubled, for all runs against a simulated contact centre. */
@NullMarked
package org.conversationbridge.judge;

import org.jspecify.annotations.NullMarked;
