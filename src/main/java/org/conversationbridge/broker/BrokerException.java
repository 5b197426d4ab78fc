// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.jspecify.annotations.Nullable;

/** The broker cannot be started or reached, or does not do what is requested; the code says which. */
public final class BrokerException extends BridgeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    /** What Artemis says (its message codes), what it means here, what to do. Source: seen on Artemis 2.56. */
    private enum Case {
        CHECKPOINT_OVERTAKEN(
                "Duplicate message detected|" + LeaseQueue.TAKEN,
                "Another process has polled since this poll began, so its changes may already be announced."),
        BROKER_LOGIN_REFUSED("AMQ229031", "Check BROKER_USER and BROKER_PASSWORD."),
        BROKER_PERMISSION_MISSING(
                "AMQ229032|AMQ229213", "Give the user of the bridge this permission (broker.xml, security-setting)."),
        BROKER_ADDRESS_FULL(
                "AMQ229102|AMQ219058",
                "The queue is full: let its consumer read, or raise its limit (broker.xml, address-setting)."),
        BROKER_BLOCKED(
                "blocks its producers", "Let the consumer read, or free disk space; sending resumes automatically."),
        BROKER_QUEUE_DELETED("was deleted while messages were sent", "It is created again, and nothing is lost."),
        BROKER_NO_ANSWER("gives a session of this process no answer", "Another session is used from now on."),
        BROKER_MESSAGE_REFUSED(
                "AMQ219022|AMQ149005",
                "The size or the properties of this message are not accepted; a retry would fail as well."),
        BROKER_OUTCOME_UNKNOWN(
                "AMQ219031",
                "The connection was lost during a commit; whether it succeeded is known after reconnecting."),
        CONNECTION_CLOSED(
                "AMQ2190(06|10|15|16|17|18|19)(\\D|$)", "The connection was lost and is reopened automatically."),
        BROKER_UNAVAILABLE("", "Is it running, and is BROKER_URL right?");

        private final java.util.regex.Pattern sign;
        private final String advice;

        Case(String sign, String advice) {
            this.sign = java.util.regex.Pattern.compile(sign);
            this.advice = advice;
        }

        /** The stable name; the place where a broken connection shows does not matter. */
        String code() {
            return this == CONNECTION_CLOSED ? BROKER_UNAVAILABLE.name() : name();
        }

        static Case of(String message) {
            for (Case known : values()) {
                if (known.sign.matcher(message).find()) {
                    return known;
                }
            }
            return BROKER_UNAVAILABLE;
        }
    }

    public BrokerException(String message, @Nullable Throwable cause) {
        this(Case.BROKER_UNAVAILABLE.name(), message, cause);
    }

    private BrokerException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    /** Whether it will refuse the next poll as well, until it is fixed. */
    public boolean isRefusal() {
        return code().equals(Case.BROKER_PERMISSION_MISSING.name())
                || code().equals(Case.BROKER_ADDRESS_FULL.name())
                || code().equals(Case.BROKER_BLOCKED.name());
    }

    /** Whether the reason is the message, so that it would be refused again; any other reason says nothing about it. */
    public boolean isOfMessage() {
        return code().equals(Case.BROKER_MESSAGE_REFUSED.name());
    }

    /** Whether it does not answer a session that it may have closed. */
    public boolean isSilence() {
        return code().equals(Case.BROKER_NO_ANSWER.name());
    }

    /** Whether it knows no such user or password. */
    boolean isLoginRefused() {
        return code().equals(Case.BROKER_LOGIN_REFUSED.name());
    }

    /** Whether it cannot be reached, or nothing more precise is known. */
    public boolean isUnreachable() {
        return code().equals(Case.BROKER_UNAVAILABLE.name());
    }

    /**
     * Whether nothing more precise is known, and the broker itself said nothing: its own messages have codes from AMQ22
     * on.
     */
    boolean isWithoutAnswer() {
        return isUnreachable() && !String.valueOf(getMessage()).contains("AMQ22");
    }

    /** What the broker says with a failure; empty if the broker is not its cause. */
    public static Optional<BrokerException> in(Throwable failure) {
        return ExceptionUtils.getThrowableList(failure).stream()
                .filter(JMSException.class::isInstance)
                .map(cause -> of((JMSException) cause))
                .findFirst();
    }

    /** What the broker says with a failure. */
    public static BrokerException of(JMSException failure) {
        if (failure instanceof WrongQueueException wrong) {
            return new BrokerException(wrong.getErrorCode(), String.valueOf(wrong.getMessage()), wrong);
        }
        if (failure instanceof SendBlockedException blocked) {
            return new BrokerException(
                    Case.BROKER_BLOCKED.name(), blocked.getMessage() + " " + Case.BROKER_BLOCKED.advice, blocked);
        }
        if (failure instanceof DeletedQueueException deleted) {
            return new BrokerException(
                    Case.BROKER_QUEUE_DELETED.name(),
                    deleted.getMessage() + " " + Case.BROKER_QUEUE_DELETED.advice,
                    deleted);
        }
        if (failure instanceof NoAnswerException none) {
            return new BrokerException(
                    Case.BROKER_NO_ANSWER.name(), none.getMessage() + " " + Case.BROKER_NO_ANSWER.advice, none);
        }
        Case known = failure instanceof MessageFormatException
                ? Case.BROKER_MESSAGE_REFUSED
                : Case.of(String.valueOf(failure.getMessage()));
        String told = StringUtils.abbreviate(
                StringUtils.normalizeSpace(
                        String.valueOf(failure.getMessage()).replaceAll("Message information:.*", "")),
                LONGEST);
        return new BrokerException(
                known.code(), "The broker says: " + FailureText.sentence(told) + " " + known.advice, failure);
    }
}
