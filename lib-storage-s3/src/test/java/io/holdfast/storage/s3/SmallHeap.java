// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Puts and gets one large object and lists many keys, in a process of its own whose heap is small. */
final class SmallHeap {
    private SmallHeap() {}

    /** Takes the length of the object in bytes and the number of keys; prints what came. */
    public static void main(String[] args) throws IOException {
        long length = Long.parseLong(args[0]);
        int keys = Integer.parseInt(args[1]);
        ObjectName name = new ObjectName("runs/aa/large");
        try (EndlessS3 service = new EndlessS3(length, keys);
                ObjectStore store = S3Server.retrying(service.store().open())) {
            store.put(name, zeros(length), PutOptions.overwrite());
            long got;
            try (InputStream in = store.get(name, ByteRange.all())) {
                got = in.transferTo(OutputStream.nullOutputStream());
            }
            int listed = 0;
            try (ObjectListing listing = store.list("")) {
                while (listing.hasNext()) {
                    listing.next();
                    listed++;
                }
            }
            System.out.println("put " + service.received() + " got " + got + " listed " + listed);
        }
    }

    private static ObjectBody zeros(long length) {
        return new ObjectBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return new Zeros(length);
            }
        };
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            Arrays.fill(bytes, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.min(Math.max(0, count), left);
            left -= skipped;
            return skipped;
        }
    }
}
