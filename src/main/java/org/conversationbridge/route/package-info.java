// SPDX-License-Identifier: Apache-2.0
/**
 * What the routes call by name: thin adapters between Camel exchanges and the domain, in a room for each stage: {@code
 * poll}, {@code notification}, {@code enrichment}, {@code delivery}, {@code call}. Belongs here: what serves every
 * stage. Does not: order, branching and policy (the YAML), rules (the domain).
 */
@NullMarked
package org.conversationbridge.route;

import org.jspecify.annotations.NullMarked;
