// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Hands the route files to Camel as bytes. From a pattern of paths Camel would decode {@code +} and {@code %20},
 * resolve {@code {{x}}} and split at commas, so that not every folder and not every file name would work.
 */
public final class RouteResources extends DefaultRoutesCollector {
    private final List<Path> files;

    /** @param files in the order in which they are loaded */
    public RouteResources(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** The patterns are those of Camel's settings, and not used. */
    @Override
    public Collection<Resource> findRouteResourcesFromDirectory(
            CamelContext context, @Nullable String excludePattern, @Nullable String includePattern) {
        return files.stream().map(RouteResources::of).toList();
    }

    /**
     * One file, located by its name within the folder: {@code file:10-request-poll.camel.yaml}.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    static Resource of(Path file) {
        try {
            return ResourceHelper.fromBytes("file:" + file.getFileName(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
