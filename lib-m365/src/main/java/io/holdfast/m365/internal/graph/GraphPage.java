// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.exchange.Exchange;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A collection answer, read as it comes: one element of {@code value} at a time, then the links. For one thread.
 *
 * <p>An answer that ends early, or is no collection, is a {@link FailureException}: nothing is taken for an end but the end.
 */
public final class GraphPage implements AutoCloseable {
    private final Exchange exchange;
    private final Consumer<? super ObjectNode> observer;
    private final JsonParser parser;
    private boolean inside;
    private boolean sawValue;
    private boolean ended;
    private @Nullable String nextLink;
    private @Nullable String deltaLink;

    GraphPage(Exchange exchange, Consumer<? super ObjectNode> observer) {
        this.exchange = exchange;
        this.observer = observer;
        boolean complete = false;
        try {
            this.parser = Json.factory().createParser(exchange.body());
            parser.setCodec(Json.mapper());
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("no object", null);
            }
            complete = true;
        } catch (IOException e) {
            throw broken(e);
        } finally {
            if (!complete) {
                exchange.close();
            }
        }
    }

    /**
     * The next element.
     *
     * @return the element, or null behind the last one
     * @throws FailureException if the answer breaks off or is none
     */
    public @Nullable ObjectNode next() {
        try {
            JsonParser at = nextElement();
            if (at == null) {
                return null;
            }
            ObjectNode element = at.readValueAs(ObjectNode.class);
            observer.accept(element);
            return element;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Goes to the next element, for those who read it token by token.
     *
     * @return the parser at the element's first token, to be left at its last; or null behind the last element
     * @throws IOException if reading fails; made a failure by {@link #broken}
     */
    public @Nullable JsonParser nextElement() throws IOException {
        if (ended) {
            return null;
        }
        if (!inside && !enter()) {
            return null;
        }
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            return parser;
        }
        if (token != JsonToken.END_ARRAY) {
            throw malformed("an element that is no object: " + token, null);
        }
        inside = false;
        return enter() ? nextElement() : null;
    }

    /** Goes on to the elements, or to the end. */
    private boolean enter() throws IOException {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_OBJECT) {
                if (!sawValue) {
                    throw malformed("no value", null);
                }
                // To the end of the body, where its length and hash are checked.
                parser.nextToken();
                ended = true;
                return false;
            }
            if (token != JsonToken.FIELD_NAME) {
                throw malformed("it ends early", null);
            }
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("value") && value == JsonToken.START_ARRAY) {
                sawValue = true;
                inside = true;
                return true;
            }
            if (name.equals("@odata.nextLink")) {
                nextLink = parser.getText();
            } else if (name.equals("@odata.deltaLink")) {
                deltaLink = parser.getText();
            }
            parser.skipChildren();
        }
    }

    /**
     * Where the next page is; to be asked behind the last element.
     *
     * @return the link as it came, or empty
     */
    public Optional<String> nextLink() {
        return Optional.ofNullable(nextLink);
    }

    /**
     * The call for the next page; to be asked behind the last element.
     *
     * @param call the call that this page answers
     * @return the call, or empty behind the last page
     * @throws FailureException of category {@code TRANSIENT} if the page leads to itself
     */
    public Optional<GraphCall> next(GraphCall call) {
        if (call.target().equals(nextLink)) {
            throw malformed("its next page is itself", null);
        }
        return nextLink().map(call::to);
    }

    /**
     * Where the next round begins; to be asked behind the last element.
     *
     * @return the link as it came, or empty
     */
    public Optional<String> deltaLink() {
        return Optional.ofNullable(deltaLink);
    }

    /**
     * The failure of a read.
     *
     * @param e what reading threw
     * @return a failure that may be repeated
     */
    public FailureException broken(IOException e) {
        if (e instanceof JsonProcessingException) {
            return malformed("no JSON", e);
        }
        throw new UncheckedIOException(e);
    }

    private static FailureException malformed(String what, @Nullable Throwable cause) {
        return new FailureException(
                Failure.of(FailureCategory.TRANSIENT, "malformed"), "the answer is no collection: " + what, cause);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
