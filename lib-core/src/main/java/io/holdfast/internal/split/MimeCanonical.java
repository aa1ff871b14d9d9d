// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import io.holdfast.internal.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The rules by which two renderings of one message have one hash, though a service writes its MIME anew at each read:
 * other boundaries, folding, order of header fields, transfer encodings, line lengths and line ends do not count, and
 * neither do volatile header fields. What counts are the other fields, the tree of parts, their types, and each body
 * decoded (FORMAT.md, "Canonical MIME").
 *
 * <p>It is for recognising, not for authenticating. Immutable, safe for use by many threads.
 */
public final class MimeCanonical {
    /** The version of the rules, to be stored beside each hash. */
    public static final int RULES = 1;

    /** Fields that a mail service adds to a rendering and not to the message. */
    public static final Set<String> DEFAULT_VOLATILE = Set.of("x-ms-exchange-*", "x-ms-traffictypediagnostic");

    private final Set<String> names;
    private final Set<String> prefixes;
    private final Supplier<MessageDigest> sha256;

    public MimeCanonical() {
        this(DEFAULT_VOLATILE, Sha256::start);
    }

    /**
     * Rules with other volatile fields.
     *
     * @param volatileFields names of header fields in any case; one that ends with {@code *} stands for all that begin so
     * @param sha256 gives a fresh SHA-256 at each call
     */
    public MimeCanonical(Set<String> volatileFields, Supplier<MessageDigest> sha256) {
        this.names = volatileFields.stream()
                .filter(name -> !name.endsWith("*"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.prefixes = volatileFields.stream()
                .filter(name -> name.endsWith("*"))
                .map(name -> name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.sha256 = sha256;
    }

    /** The hash of one message, to be filled by {@link MimeSplitter#split(InputStream, SplitSink, MimeHash)}. */
    public MimeHash start() {
        return new MimeHash(this);
    }

    /** The canonical hash, 32 bytes, of a message in a pass of its own; the stream stays open. */
    public byte[] hash(InputStream original) throws IOException {
        MimeHash hash = start();
        new MimeSplitter().scan(original, hash.events());
        return hash.value();
    }

    /** Whether a field counts; its name is in lower case. What the tree of parts already tells is left out as well. */
    boolean counts(String field) {
        return switch (field) {
            case "content-type", "content-transfer-encoding", "mime-version" -> false;
            default -> !names.contains(field) && prefixes.stream().noneMatch(field::startsWith);
        };
    }

    MessageDigest newDigest() {
        return sha256.get();
    }
}
