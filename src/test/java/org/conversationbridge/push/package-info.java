// SPDX-License-Identifier: Apache-2.0
/** How soon a change is reported, and what that costs: polls and notifications side by side. */
@NullMarked
package org.conversationbridge.push;

import org.jspecify.annotations.NullMarked;
