// SPDX-License-Identifier: Apache-2.0
/**
 * What each failure of a request to Genesys Cloud means. Belongs here: the check of an answer, the failures by name,
 * how long to wait after one. Does not: whether the request is repeated (the error policy in {@code 00-error-policy}).
 */
@NullMarked
package org.conversationbridge.genesys.failure;

import org.jspecify.annotations.NullMarked;
