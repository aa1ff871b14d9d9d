// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

/** The fingerprints of all that can be seen in an answer; they are in repositories, so they stay as they are. */
final class Sighting {
    private Sighting() {}

    static long operation(String operation) {
        return Fingerprints.of('o', operation, "", "");
    }

    static long code(String operation, String code) {
        return Fingerprints.of('c', operation, "", code);
    }

    static long value(String operation, String path, String value) {
        return Fingerprints.of('v', operation, path, value);
    }

    static long field(String operation, String path) {
        return Fingerprints.of('f', operation, path, "");
    }

    static long type(String operation, String path, FieldType type) {
        return Fingerprints.of('t', operation, path, type.name());
    }
}
