// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

/**
 * Counts since the start of this process.
 *
 * @param polls polls that went through
 * @param failedPolls polls that broke off
 * @param found active conversations read, each poll anew
 * @param changed changes put on the page queue
 * @param delivered messages put on the result queue
 * @param parked conversations put on the error queue
 */
public record PollFigures(long polls, long failedPolls, long found, long changed, long delivered, long parked) {
    static final PollFigures ZERO = new PollFigures(0, 0, 0, 0, 0, 0);

    PollFigures plus(PollFigures more) {
        return new PollFigures(
                polls + more.polls,
                failedPolls + more.failedPolls,
                found + more.found,
                changed + more.changed,
                delivered + more.delivered,
                parked + more.parked);
    }

    PollFigures minus(PollFigures less) {
        return new PollFigures(
                polls - less.polls,
                failedPolls - less.failedPolls,
                found - less.found,
                changed - less.changed,
                delivered - less.delivered,
                parked - less.parked);
    }
}
