// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.settings.PrivacySettings;
import org.conversationbridge.settings.PrivacySettings.Original;
import org.conversationbridge.settings.PrivacySettings.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of a conversation what may be handed on. It is applied the moment a conversation has been read, before anything
 * is written, so that no queue and no disk ever holds what is to be dropped.
 */
public final class Privacy {
    private static final String ATTRIBUTES = "attributes";

    private final PrivacySettings settings;
    private final KeyedHash hash;

    public Privacy(PrivacySettings settings) {
        this.settings = settings;
        this.hash = new KeyedHash(settings.hashKey());
    }

    /** The conversation with what may be handed on of it. */
    public Conversation apply(Conversation read) {
        return new Conversation(
                read.conversationId(),
                read.mediaType(),
                read.direction(),
                read.state(),
                read.startedAt(),
                read.endedAt(),
                read.queue(),
                read.agent() == null ? null : apply(read.agent()),
                read.agents().stream().map(this::apply).toList(),
                read.customer() == null ? null : apply(read.customer()),
                read.divisionIds(),
                read.changedAt(),
                read.auxiliaryMedia(),
                read.heldSince());
    }

    /** What may be handed on of an agent's name; null for nothing. */
    public @Nullable String agentName(@Nullable String name) {
        return treat(settings.agentName(), name);
    }

    /**
     * What the error queue keeps of a conversation that cannot be read. Its fields cannot be distinguished, so that it
     * is all or nothing; the attributes that are not handed on are left out wherever they are.
     *
     * @return empty if nothing may be kept
     */
    public String original(JsonNode unreadable) {
        if (settings.original() == Original.DROP) {
            return "";
        }
        JsonNode copy = unreadable.deepCopy();
        for (JsonNode parent : copy.findParents(ATTRIBUTES)) {
            if (parent.get(ATTRIBUTES) instanceof ObjectNode attributes) {
                attributes.retain(settings.attributes());
            } else {
                ((ObjectNode) parent).remove(ATTRIBUTES);
            }
        }
        return copy.toString();
    }

    /** The same of a text that is no JSON. */
    public String original(String unreadable) {
        return settings.original() == Original.DROP ? "" : unreadable;
    }

    /** Whether the error queue keeps no original. */
    public boolean dropsOriginals() {
        return settings.original() == Original.DROP;
    }

    private Agent apply(Agent agent) {
        return new Agent(
                agent.userId(),
                agentName(agent.name()),
                agent.participantId(),
                agent.role(),
                agent.rule(),
                agent.connectedAt());
    }

    private Customer apply(Customer customer) {
        Map<String, String> attributes = customer.attributes().entrySet().stream()
                .filter(attribute -> settings.attributes().contains(attribute.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Customer(
                customer.participantId(),
                treat(settings.address(), customer.address()),
                treat(settings.externalContactId(), customer.externalContactId()),
                attributes);
    }

    private @Nullable String treat(Treatment treatment, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (treatment) {
            case KEEP -> text;
            case MASK -> Mask.of(text);
            case HASH -> hash.of(text);
            case DROP -> null;
        };
    }
}
