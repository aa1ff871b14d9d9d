// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;

/** An answer of Graph that is an error; thrown by operations. */
final class GraphError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;
    private final String inner;
    private final transient HttpFields fields;

    private GraphError(int status, String code, String message, String inner, HttpFields fields) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.text = message;
        this.inner = inner;
        this.fields = fields;
    }

    GraphError(int status, String code, String message) {
        this(status, code, message, "", HttpFields.none());
    }

    /** The same with a code inside, as SharePoint gives. */
    GraphError withInner(String innerCode) {
        return new GraphError(status, code, text, innerCode, fields);
    }

    /** The same with a header field. */
    GraphError with(String name, String value) {
        return new GraphError(status, code, text, inner, fields.with(name, value));
    }

    static GraphError notFound() {
        return new GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    }

    static GraphError corrupt() {
        return new GraphError(500, "ErrorCorruptData", "Data is corrupt.");
    }

    static GraphError noFolder() {
        return new GraphError(404, "ErrorFolderNotFound", "The specified folder could not be found in the store.");
    }

    static GraphError malformedId() {
        return new GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.");
    }

    /** What is too large, or too hard, to come in time. */
    static GraphError timeout() {
        return new GraphError(504, "UnknownError", "The request timed out.");
    }

    static GraphError badRequest(String message) {
        return new GraphError(400, "BadRequest", message);
    }

    static GraphError property(String message) {
        return new GraphError(400, "ErrorPropertyValidationFailure", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }

    String inner() {
        return inner;
    }

    HttpFields fields() {
        return fields;
    }
}
