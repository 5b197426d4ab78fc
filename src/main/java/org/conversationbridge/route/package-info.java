// SPDX-License-Identifier: Apache-2.0
/**
 * What the routes call by name: thin adapters between Camel exchanges and the domain. Belongs here: beans, strategies
 * and processors that the YAML names. Does not: order, branching and policy (the YAML), rules (the domain).
 */
@NullMarked
package org.conversationbridge.route;

import org.jspecify.annotations.NullMarked;
