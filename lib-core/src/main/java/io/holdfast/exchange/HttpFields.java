// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header fields of a request or a response (RFC 9110, section 5), in their order; names without regard to case.
 *
 * <p>Immutable and safe for use by several threads. Printed without values, which may be secrets.
 */
public final class HttpFields {
    private static final HttpFields NONE = new HttpFields(List.of());

    private final List<Field> fields;

    private HttpFields(List<Field> fields) {
        this.fields = fields;
    }

    /**
     * No fields.
     *
     * @return the same for everybody
     */
    public static HttpFields none() {
        return NONE;
    }

    /**
     * Fields as they came.
     *
     * @param fields in their order
     * @return the fields
     */
    public static HttpFields of(List<Field> fields) {
        return fields.isEmpty() ? NONE : new HttpFields(List.copyOf(fields));
    }

    /**
     * These and one more; it replaces all of the same name.
     *
     * @param name the name
     * @param value the value
     * @return other fields
     */
    public HttpFields with(String name, String value) {
        List<Field> more = new ArrayList<>(fields.size() + 1);
        fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).forEach(more::add);
        more.add(new Field(name, value));
        return new HttpFields(List.copyOf(more));
    }

    /**
     * The first value of a name.
     *
     * @param name the name
     * @return empty if there is none
     */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /**
     * All values of a name, joined by commas as RFC 9110, section 5.3 allows.
     *
     * @param name the name
     * @return empty if there is none
     */
    public Optional<String> joined(String name) {
        List<String> values = new ArrayList<>(1);
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /**
     * All fields.
     *
     * @return in their order
     */
    public List<Field> list() {
        return fields;
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }

    /**
     * One field.
     *
     * @param name visible ASCII without a colon
     * @param value without line breaks
     */
    public record Field(String name, String value) {
        private static final Pattern NAME = Pattern.compile("[!-9;-~]+");

        /** Checks that it stays one field on the wire. */
        public Field {
            Objects.requireNonNull(value, "value");
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a header field is called '" + name + "'; use letters, digits and -");
            }
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
                throw new IllegalArgumentException("the header field " + name + " has a line break; leave it out");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
