// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the body is behind an aggregation strategy, whose own signature does not say it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Yields {
    /** Type of the body. */
    Class<?> value();
}
