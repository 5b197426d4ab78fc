// SPDX-License-Identifier: Apache-2.0
/** What consumers may rely on. */
@NullMarked
package org.conversationbridge.contract;

import org.jspecify.annotations.NullMarked;
