// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.seal.BlockSealer;

/**
 * A pack whose every byte is there.
 *
 * @param ref its name
 * @param directory what it holds
 * @param buffer its bytes
 */
record FinishedPack(PackRef ref, PackDirectory directory, PackBuffer buffer) {

    /** Appends the sealed directory and the footer to an open pack, and names it. */
    static FinishedPack of(OpenPack open, boolean meta, BlobScope scope, int epoch) {
        PackDirectory directory = new PackDirectory(meta, scope.name(), epoch, open.frames(), open.annexes());
        byte[] plain = PackDirectoryCodec.encode(directory);
        byte[] salt = scope.keys().newSalt();
        BlockSealer sealer = scope.directorySealer(salt);
        byte[] sealed = sealer.seal(0, plain, 0, plain.length);
        byte[] footer = new byte[PackFormat.FOOTER_BYTES];
        System.arraycopy(salt, 0, footer, 0, salt.length);
        PackFormat.put32(footer, PackFormat.SALT_BYTES, sealed.length);
        System.arraycopy(PackFormat.endMagic(), 0, footer, PackFormat.SALT_BYTES + 4, PackFormat.MAGIC_BYTES);
        PackBuffer buffer = open.buffer();
        buffer.write(sealed, 0, sealed.length);
        buffer.write(footer, 0, footer.length);
        return new FinishedPack(new PackRef(buffer.sha256(), meta, buffer.length()), directory, buffer);
    }
}
