// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

/** The types that a value in JSON can have; null has none. */
public enum FieldType {
    /** Text. */
    STRING,
    /** A number, whole or not. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** An object. */
    OBJECT,
    /** A list. */
    ARRAY
}
