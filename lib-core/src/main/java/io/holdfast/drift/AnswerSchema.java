// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What a service says of its answers: the published schema that ships with a connector. Operations that it describes are watched from the first answer
 * on; those that it does not describe are first learned for one session. Immutable and safe for use by several threads.
 */
public final class AnswerSchema {
    private final Set<String> operations;
    private final Set<Long> fingerprints;
    private final Set<String> everywhere;

    private AnswerSchema(Builder builder) {
        this.everywhere = Set.copyOf(builder.everywhere);
        this.operations = Set.copyOf(builder.operations);
        this.fingerprints = Set.copyOf(builder.fingerprints);
    }

    /**
     * A schema that describes nothing.
     *
     * @return the schema
     */
    public static AnswerSchema none() {
        return builder().build();
    }

    /**
     * Starts a schema.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether a code is no news, whatever operation is answered with it.
     *
     * @param code the code, in any case of its letters
     * @return whether it was {@linkplain Builder#codesAnywhere given}
     */
    public boolean knows(String code) {
        return everywhere.contains(code.toLowerCase(Locale.ROOT));
    }

    boolean describes(String operation) {
        return operations.contains(operation);
    }

    boolean contains(long fingerprint) {
        return fingerprints.contains(fingerprint);
    }

    /** Puts a schema together; for one thread. */
    public static final class Builder {
        private final Set<String> operations = new HashSet<>();
        private final Set<Long> fingerprints = new HashSet<>();
        private final Set<String> everywhere = new HashSet<>();

        private Builder() {}

        /**
         * Adds codes that any operation may answer with; of no operation that says that it is described.
         *
         * @param codes such as all that the connector knows the meaning of
         * @return this builder
         */
        public Builder codesAnywhere(Collection<String> codes) {
            codes.forEach(code -> everywhere.add(code.toLowerCase(Locale.ROOT)));
            return this;
        }

        /**
         * Adds codes that an operation may answer with.
         *
         * @param operation the fixed name of the operation
         * @param codes its codes
         * @return this builder
         */
        public Builder codes(String operation, String... codes) {
            operations.add(Objects.requireNonNull(operation));
            for (String code : codes) {
                fingerprints.add(Sighting.code(operation, code));
            }
            return this;
        }

        /**
         * Adds a field.
         *
         * @param operation the fixed name of the operation
         * @param path the path of the field
         * @param types the types that it may have
         * @return this builder
         */
        public Builder field(String operation, String path, FieldType... types) {
            operations.add(Objects.requireNonNull(operation));
            fingerprints.add(Sighting.field(operation, path));
            for (FieldType type : types) {
                fingerprints.add(Sighting.type(operation, path, type));
            }
            return this;
        }

        /**
         * Adds values that an enumeration may have.
         *
         * @param operation the fixed name of the operation
         * @param path the path of the field
         * @param values its values
         * @return this builder
         */
        public Builder values(String operation, String path, String... values) {
            operations.add(Objects.requireNonNull(operation));
            for (String value : values) {
                fingerprints.add(Sighting.value(operation, path, value));
            }
            return this;
        }

        /**
         * Builds the schema.
         *
         * @return an immutable schema
         */
        public AnswerSchema build() {
            return new AnswerSchema(this);
        }
    }
}
