// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The page of a listing that a request asks for with {@code pageSize} and {@code pageNumber}.
 *
 * @param size a size that was requested beyond the server's largest is cut down to it
 * @param number from 1
 */
record ListingPage(SandboxRequest request, int size, int number) {
    static ListingPage of(SandboxRequest request, SandboxSettings settings) {
        int asked = number(request, "pageSize", settings.defaultPage());
        return new ListingPage(request, Math.min(asked, settings.largestPage()), number(request, "pageNumber", 1));
    }

    /** The page of these rows, with the totals that each {@code EntityListing} has. */
    <T> ObjectNode json(List<T> rows, Function<T, ObjectNode> entity) {
        ObjectNode listing = JsonNodeFactory.instance.objectNode();
        int pages = (rows.size() + size - 1) / size;
        listing.putArray("entities")
                .addAll(rows.stream()
                        .skip((number - 1L) * size)
                        .limit(size)
                        .map(entity)
                        .toList());
        listing.put("pageSize", size)
                .put("pageNumber", number)
                .put("total", rows.size())
                .put("pageCount", pages)
                .put("selfUri", uri(number));
        return number < pages ? listing.put("nextUri", uri(number + 1)) : listing;
    }

    private String uri(int ofPage) {
        String others = Arrays.stream(request.query().split("&"))
                .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("page"))
                .map(parameter -> "&" + parameter)
                .collect(Collectors.joining());
        return request.path() + "?pageSize=" + size + "&pageNumber=" + ofPage + others;
    }

    static int number(SandboxRequest request, String name, int otherwise) {
        String text = request.parameters(name).stream().findFirst().orElse("");
        return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
    }
}
