// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that hold notification channels and announce what they report: hold-channels, tend-channel,
 * receive-notification, announce-notified. Belongs here: how frames come in, and what of them is announced. Does not:
 * the channels and their sockets (notification).
 */
@NullMarked
package org.conversationbridge.route.notification;

import org.jspecify.annotations.NullMarked;
