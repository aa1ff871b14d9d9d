// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.benchmarks.sets.DataSet;
import io.holdfast.benchmarks.sets.DataSets;
import io.holdfast.crypto.Encryptor;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.runtime.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Input for the benchmarks: messages and stretches of their bytes, from the data set of mails. */
final class Samples {
    private Samples() {}

    /** The first messages of the set that are no longer than {@code largest} bytes. */
    static List<byte[]> mails(int count, int largest) {
        DataSet set = DataSets.of("mails", 1);
        List<byte[]> mails = new ArrayList<>();
        for (int index = 0; mails.size() < count; index++) {
            byte[] mail = set.item(index);
            if (mail.length <= largest) {
                mails.add(mail);
            }
        }
        return mails;
    }

    /** Messages one after another, {@code length} bytes of them. */
    static byte[] stretch(int length) {
        DataSet set = DataSets.of("mails", 1);
        byte[] bytes = new byte[length];
        int filled = 0;
        for (int index = 0; filled < length; index++) {
            byte[] mail = set.item(index);
            int count = Math.min(mail.length, length - filled);
            System.arraycopy(mail, 0, bytes, filled, count);
            filled += count;
        }
        return bytes;
    }

    /** Keys of a repository that nobody has. */
    static RepositoryKeys keys() {
        byte[] key = new byte[RepositoryKeys.KEY_BYTES];
        Arrays.fill(key, (byte) 7);
        return new RepositoryKeys(key, new byte[RepositoryKeys.ID_BYTES], Encryptor.aes256Gcm(), Randomness.secure());
    }
}
