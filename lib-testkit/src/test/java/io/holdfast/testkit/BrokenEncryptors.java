// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Encryptors that break one promise each; keyed by what is wrong with them. */
final class BrokenEncryptors {
    private BrokenEncryptors() {}

    static Map<String, Supplier<Encryptor>> all() {
        Map<String, Supplier<Encryptor>> all = new LinkedHashMap<>();
        naming(all);
        sealing(all);
        touching(all);
        ignoring(all);
        refusing(all);
        return all;
    }

    /** Passes every call on; broken encryptors override the call that they break. */
    private static class Forwarding implements Encryptor {
        final Encryptor inner = Encryptor.aes256Gcm();

        @Override
        public String suite() {
            return inner.suite();
        }

        @Override
        public int keyBytes() {
            return inner.keyBytes();
        }

        @Override
        public int nonceBytes() {
            return inner.nonceBytes();
        }

        @Override
        public int tagBytes() {
            return inner.tagBytes();
        }

        @Override
        public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
            return inner.seal(key, nonce, bound, in, out);
        }

        @Override
        public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
            return inner.open(key, nonce, bound, in, out);
        }
    }

    /** Uses something else than key, nonce and associated data in both directions. */
    private abstract static class Replacing extends Forwarding {
        byte[] key(byte[] key) {
            return key;
        }

        byte[] nonce(byte[] nonce) {
            return nonce;
        }

        byte[] bound(byte[] bound) {
            return bound;
        }

        @Override
        public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
            return inner.seal(key(key), nonce(nonce), bound(bound), in, out);
        }

        @Override
        public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
            return inner.open(key(key), nonce(nonce), bound(bound), in, out);
        }
    }

    private static void naming(Map<String, Supplier<Encryptor>> all) {
        AtomicInteger names = new AtomicInteger();
        all.put("has a new suite each time", () -> new Forwarding() {
            @Override
            public String suite() {
                return "SUITE-" + names.incrementAndGet();
            }
        });
        all.put("makes do with a short key", () -> new Replacing() {
            @Override
            public int keyBytes() {
                return 8;
            }

            @Override
            byte[] key(byte[] key) {
                return Arrays.copyOf(key, 32);
            }
        });
    }

    private static void sealing(Map<String, Supplier<Encryptor>> all) {
        all.put("forgets the end of long messages", () -> new Forwarding() {
            @Override
            public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
                int length = inner.open(key, nonce, bound, in, out);
                if (length > 40_000) {
                    out.bytes()[out.offset() + length - 1] ^= 1;
                }
                return length;
            }
        });
        AtomicInteger instances = new AtomicInteger();
        all.put("opens only what it sealed itself", () -> new Replacing() {
            private final byte instance = (byte) instances.incrementAndGet();

            @Override
            byte[] bound(byte[] bound) {
                byte[] own = Arrays.copyOf(bound, bound.length + 1);
                own[bound.length] = instance;
                return own;
            }
        });
        AtomicInteger calls = new AtomicInteger();
        all.put("seals differently each time", () -> new Forwarding() {
            @Override
            public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
                int length = inner.seal(key, nonce, bound, in, out);
                out.bytes()[out.offset()] ^= (byte) calls.incrementAndGet();
                return length;
            }
        });
        all.put("tells less than it wrote", () -> new Forwarding() {
            @Override
            public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
                return inner.seal(key, nonce, bound, in, out) - 1;
            }
        });
        all.put("needs associated data", () -> new Replacing() {
            @Override
            byte[] bound(byte[] bound) {
                if (bound.length == 0) {
                    throw new IllegalArgumentException("no associated data");
                }
                return bound;
            }
        });
    }

    private static void touching(Map<String, Supplier<Encryptor>> all) {
        all.put("writes beside its slice", () -> new Forwarding() {
            @Override
            public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
                if (out.offset() > 0) {
                    out.bytes()[out.offset() - 1] = 1;
                }
                return inner.seal(key, nonce, bound, in, out);
            }
        });
        all.put("clears what it has sealed", () -> new Forwarding() {
            @Override
            public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
                int length = inner.seal(key, nonce, bound, in, out);
                Arrays.fill(in.bytes(), (byte) 0);
                return length;
            }
        });
        Map<byte[], byte[]> keys = new IdentityHashMap<>();
        all.put("remembers keys by their arrays", () -> new Replacing() {
            @Override
            synchronized byte[] key(byte[] key) {
                return keys.computeIfAbsent(key, byte[]::clone);
            }
        });
        Thread only = Thread.currentThread();
        all.put("works for one thread", () -> new Replacing() {
            @Override
            byte[] key(byte[] key) {
                if (Thread.currentThread() != only) {
                    throw new IllegalStateException("another thread");
                }
                return key;
            }
        });
        all.put("does not encrypt", () -> new OpenLetter(16));
    }

    private static void ignoring(Map<String, Supplier<Encryptor>> all) {
        all.put("ignores the nonce", () -> new Replacing() {
            @Override
            byte[] nonce(byte[] nonce) {
                return new byte[nonce.length];
            }
        });
        all.put("uses half of the key", () -> new Replacing() {
            @Override
            byte[] key(byte[] key) {
                return Arrays.copyOf(Arrays.copyOf(key, key.length / 2), key.length);
            }
        });
        all.put("binds to nothing", () -> new Replacing() {
            @Override
            byte[] bound(byte[] bound) {
                return new byte[0];
            }
        });
        all.put("compares half of the tag", () -> new OpenLetter(8));
        all.put("takes keys and nonces of any length", () -> new Replacing() {
            @Override
            byte[] key(byte[] key) {
                return Arrays.copyOf(key, 32);
            }

            @Override
            byte[] nonce(byte[] nonce) {
                return Arrays.copyOf(nonce, 12);
            }
        });
    }

    private static void refusing(Map<String, Supplier<Encryptor>> all) {
        all.put("opens less than a tag as nothing", () -> new Forwarding() {
            @Override
            public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
                return in.length() < tagBytes() ? 0 : inner.open(key, nonce, bound, in, out);
            }
        });
        all.put("looks for the message in a longer one", () -> new Forwarding() {
            @Override
            public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
                try {
                    return inner.open(key, nonce, bound, in, out);
                } catch (SealBrokenException e) {
                    int length = Math.max(0, in.length() - 1);
                    return inner.open(key, nonce, bound, new Slice(in.bytes(), in.offset(), length), out);
                }
            }
        });
        all.put("stays broken after a refusal", () -> new Forwarding() {
            private boolean broken;

            @Override
            public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
                if (broken) {
                    throw new SealBrokenException("again");
                }
                broken = true;
                int length = inner.open(key, nonce, bound, in, out);
                broken = false;
                return length;
            }
        });
        all.put("writes what there is room for", () -> new Forwarding() {
            @Override
            public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
                boolean fits = out.length() >= in.length() + tagBytes();
                return fits ? inner.seal(key, nonce, bound, in, out) : out.length();
            }
        });
    }

    /** Authenticates and does not encrypt: the message, and after it the tag of a sound suite over it. */
    private static final class OpenLetter extends Forwarding {
        private final int compared;

        OpenLetter(int compared) {
            this.compared = compared;
        }

        private byte[] tag(byte[] key, byte[] nonce, byte[] bound, byte[] plain) {
            byte[] sealed = new byte[plain.length + tagBytes()];
            inner.seal(key, nonce, bound, Slice.of(plain), Slice.of(sealed));
            return Arrays.copyOfRange(sealed, plain.length, sealed.length);
        }

        @Override
        public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
            if (out.length() < in.length() + tagBytes()) {
                throw new IllegalArgumentException("output too small");
            }
            byte[] plain = Arrays.copyOfRange(in.bytes(), in.offset(), in.offset() + in.length());
            System.arraycopy(plain, 0, out.bytes(), out.offset(), plain.length);
            System.arraycopy(tag(key, nonce, bound, plain), 0, out.bytes(), out.offset() + plain.length, tagBytes());
            return plain.length + tagBytes();
        }

        @Override
        public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
            int length = in.length() - tagBytes();
            if (length < 0) {
                throw new SealBrokenException("short");
            }
            if (out.length() < length) {
                throw new IllegalArgumentException("output too small");
            }
            byte[] plain = Arrays.copyOfRange(in.bytes(), in.offset(), in.offset() + length);
            byte[] tag = tag(key, nonce, bound, plain);
            int at = in.offset() + length;
            if (!Arrays.equals(tag, 0, compared, in.bytes(), at, at + compared)) {
                throw new SealBrokenException("tag");
            }
            System.arraycopy(plain, 0, out.bytes(), out.offset(), length);
            return length;
        }
    }
}
