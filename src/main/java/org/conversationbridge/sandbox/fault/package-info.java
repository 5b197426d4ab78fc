// SPDX-License-Identifier: Apache-2.0
/**
 * What can go wrong between the connector and Genesys Cloud, one class each, named by what it does, for tests and for
 * trying out ({@code --fault}).
 */
@NullMarked
package org.conversationbridge.sandbox.fault;

import org.jspecify.annotations.NullMarked;
