// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.Set;
import java.util.function.Function;

/** How a conversation may go. */
public enum Kind {
    ANSWERED(1, InboundStories::answered),
    ABANDONED(1, InboundStories::abandoned),
    ABANDONED_WHILE_IT_RINGS(1, InboundStories::abandonedWhileItRings),
    ABANDONED_IN_THE_SECOND_QUEUE(1, InboundStories::abandonedInTheSecondQueue),
    ANSWERED_BY_ONE_WITHOUT_USER_ID(1, InboundStories::answeredByOneWithoutUserId),
    EVERYBODY_LEAVES_FIRST(1, InboundStories::everybodyLeavesFirst),
    OPENED_AGAIN(2, InboundStories::openedAgain, "message", "email"),
    TRANSFER_TO_QUEUE(2, TransferStories::toQueue),
    TRANSFER_TO_USER(2, TransferStories::toUser),
    CONSULT(2, TransferStories::consult, "voice"),
    CONSULT_TRANSFER(2, TransferStories::consultTransfer, "voice"),
    CONSULT_THEN_CONFERENCE(2, TransferStories::consultThenConference, "voice"),
    TRANSFER_TO_THE_OUTSIDE(1, TransferStories::toTheOutside, "voice"),
    MONITORED(3, SupervisorStories::monitored),
    COACHED(3, SupervisorStories::coached, "voice"),
    BARGED_IN(3, SupervisorStories::bargedIn, "voice"),
    BARGED_IN_AND_FINISHED(3, SupervisorStories::bargedInAndFinished, "voice"),
    OUTBOUND(1, OutboundStories::answered, "voice"),
    OUTBOUND_NOT_ANSWERED(1, OutboundStories::notAnswered, "voice"),
    DIALER(1, OutboundStories::dialer, "voice"),
    DIALER_ABANDONED(1, OutboundStories::dialerAbandoned, "voice"),
    DIALER_NOT_ANSWERED(1, OutboundStories::dialerNotAnswered, "voice"),
    AGENTLESS(1, OutboundStories::agentless, "voice"),
    CALLBACK(1, CallbackStories::answered, "callback"),
    CALLBACK_NOT_ANSWERED(1, CallbackStories::notAnswered, "callback"),
    VOICEMAIL(1, CallbackStories::voicemail, "voice"),
    SELF_SERVICE(1, FlowStories::selfService, "voice"),
    BOT(1, FlowStories::bot, "message"),
    FLOW_OUT_TO_VOICEMAIL(1, FlowStories::toVoicemail, "voice"),
    FLOW_OUT_TO_NUMBER(1, FlowStories::toNumber, "voice"),
    FLOW_OUT_TO_BOT(1, FlowStories::toBot, "message", "chat"),
    DIRECT(1, DirectStories::answered, "voice"),
    DIRECT_NOT_ANSWERED(1, DirectStories::notAnswered, "voice"),
    GROUP(3, DirectStories::groupAnswered, "voice"),
    GROUP_NOT_ANSWERED(3, DirectStories::groupNotAnswered, "voice");

    private final int agents;
    private final Function<Telling, Story> telling;
    private final Set<String> media;

    Kind(int agents, Function<Telling, Story> telling, String... media) {
        this.agents = agents;
        this.telling = telling;
        this.media = media.length == 0 ? Set.copyOf(Plan.MEDIA) : Set.of(media);
    }

    /** How many agents take part at least. */
    public int agents() {
        return agents;
    }

    /** The media that it may be about. */
    public Set<String> media() {
        return media;
    }

    Story tell(Telling told) {
        return telling.apply(told);
    }
}
