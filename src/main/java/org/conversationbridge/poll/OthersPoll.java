// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Duration;

/**
 * The last good poll, where this process did not make it.
 *
 * @param age since it started
 * @param isOfRunningProcess whether it was made while this process runs, so that another one polls. Otherwise
 *     it may as well be of this one before it was restarted
 */
public record OthersPoll(Duration age, boolean isOfRunningProcess) {}
