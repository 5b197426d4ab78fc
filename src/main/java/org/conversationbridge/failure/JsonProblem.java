// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** Why a text is not the JSON that it is to be, in a sentence without the text: it may be customer data. */
final class JsonProblem {
    /** Below it the names of fields are a customer's as well. */
    private static final String ATTRIBUTES = "attributes";

    private JsonProblem() {}

    /** The failure to read JSON that is among the causes of a failure; null if there is none. */
    static @Nullable ForeignMessageException in(@Nullable Throwable failure) {
        JsonProcessingException problem = ExceptionUtils.throwableOfType(failure, JsonProcessingException.class);
        return problem == null ? null : new ForeignMessageException(sentence(problem));
    }

    static String sentence(JsonProcessingException problem) {
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return "Its field " + path(mapping.getPath()) + " is missing or has the wrong type.";
        }
        if (problem instanceof JsonMappingException) {
            return "It does not have the bridge's format.";
        }
        JsonLocation place = problem.getLocation();
        return "It cannot be read as JSON"
                + (place == null ? "." : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ").");
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            String field = reference.getFieldName();
            if (field == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(field);
            }
            if (ATTRIBUTES.equals(field)) {
                break;
            }
        }
        return path.toString();
    }
}
