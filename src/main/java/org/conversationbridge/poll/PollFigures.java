// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

/**
 * Figures.
 *
 * @param polls polls that went through
 * @param failedPolls polls that broke off
 * @param incompletePolls those of the polls that read fewer conversations than Genesys Cloud stated
 * @param found active conversations read, each poll again
 * @param changed changes put on the page queue
 * @param delivered messages put on the result queue
 * @param parked conversations put on the error queue
 * @param unreadable those of the parked that could not be read, so that they were no changes
 * @param gaps gaps that were closed
 * @param notifications of conversations, whether they were news or not
 */
public record PollFigures(
        long polls,
        long failedPolls,
        long incompletePolls,
        long found,
        long changed,
        long delivered,
        long parked,
        long unreadable,
        long gaps,
        long notifications) {
    static final PollFigures ZERO = new PollFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    static final PollFigures POLL = new PollFigures(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    static final PollFigures FAILED_POLL = new PollFigures(0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    static final PollFigures INCOMPLETE_POLL = new PollFigures(0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    static final PollFigures FOUND = new PollFigures(0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    static final PollFigures CHANGED = new PollFigures(0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    static final PollFigures DELIVERED = new PollFigures(0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    static final PollFigures PARKED = new PollFigures(0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
    static final PollFigures UNREADABLE = new PollFigures(0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

    static final PollFigures GAP = new PollFigures(0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    static final PollFigures NOTIFICATION = new PollFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    PollFigures plus(PollFigures more) {
        return new PollFigures(
                polls + more.polls,
                failedPolls + more.failedPolls,
                incompletePolls + more.incompletePolls,
                found + more.found,
                changed + more.changed,
                delivered + more.delivered,
                parked + more.parked,
                unreadable + more.unreadable,
                gaps + more.gaps,
                notifications + more.notifications);
    }

    PollFigures times(long factor) {
        return new PollFigures(
                polls * factor,
                failedPolls * factor,
                incompletePolls * factor,
                found * factor,
                changed * factor,
                delivered * factor,
                parked * factor,
                unreadable * factor,
                gaps * factor,
                notifications * factor);
    }
}
