// SPDX-License-Identifier: Apache-2.0
/**
 * Whom TLS trusts. Belongs here: the certificates of certificate authorities and what is made of them. Does not: who
 * uses them for which connection.
 */
@NullMarked
package org.conversationbridge.tls;

import org.jspecify.annotations.NullMarked;
