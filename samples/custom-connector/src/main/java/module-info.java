// SPDX-License-Identifier: Apache-2.0

/** A connector for a service of one's own: it reads nothing but the public API and a JSON parser. */
module io.holdfast.samples.notes {
    requires com.fasterxml.jackson.core;
    requires transitive io.holdfast.core;
    requires static org.jspecify;

    exports io.holdfast.samples.notes;
}
