// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.signatures;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import dev.failsafe.Policy;
import java.util.List;
import org.slf4j.Logger;

/** One leak in each member that a caller can see; none in those that it cannot. */
public abstract class Leaky implements Iterable<Logger> {
    protected List<? extends Policy<String>> inAWildcardOfAField = List.of();

    private final JsonFactory hidden = new JsonFactory();

    public abstract Cache<String, String> inAReturnType();

    public abstract void inAnArray(JsonFactory[] factories);

    public abstract void inAnException() throws JsonProcessingException;

    JsonFactory unseen() {
        return hidden;
    }
}
