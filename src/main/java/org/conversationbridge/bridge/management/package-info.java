// SPDX-License-Identifier: Apache-2.0
/**
 * The port of health and metrics. Belongs here: its address and its connections. Does not: what it reports (health).
 */
@NullMarked
package org.conversationbridge.bridge.management;

import org.jspecify.annotations.NullMarked;
