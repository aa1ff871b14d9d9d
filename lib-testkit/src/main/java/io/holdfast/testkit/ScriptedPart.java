// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.source.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One content of a {@link ScriptedItem}.
 *
 * @param name the part's name, unique in its item
 * @param form what the bytes are; the two forms that services render anew come out differently at each read
 * @param bytes the bytes, shared and not copied; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // contents of tests are shared on purpose; equality is by bytes, see equals
public record ScriptedPart(String name, Part.Form form, byte[] bytes) {

    /** Checks for null. */
    public ScriptedPart {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(bytes, "bytes");
    }

    /**
     * A file of some text, as a part named {@code content}.
     *
     * @param text the text
     * @return the part
     */
    public static ScriptedPart text(String text) {
        return new ScriptedPart("content", Part.Form.FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A file, as a part of any name.
     *
     * @param name the part's name
     * @param bytes its bytes
     * @return the part
     */
    public static ScriptedPart file(String name, byte[] bytes) {
        return new ScriptedPart(name, Part.Form.FILE, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScriptedPart that
                && name.equals(that.name)
                && form == that.form
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, form, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return name + "(" + form + ", " + bytes.length + " bytes)";
    }
}
