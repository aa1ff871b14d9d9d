// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.crypto.WrappedKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Key providers that break one promise each; keyed by what is wrong with them, each made from a master key. */
final class BrokenKeyProviders {
    private BrokenKeyProviders() {}

    static Map<String, Function<byte[], KeyProvider>> all() {
        Map<String, Function<byte[], KeyProvider>> all = new LinkedHashMap<>();
        naming(all);
        wrapping(all);
        dictating(all);
        keeping(all);
        showing(all);
        believing(all);
        closing(all);
        return all;
    }

    private static void naming(Map<String, Function<byte[], KeyProvider>> all) {
        AtomicInteger names = new AtomicInteger();
        all.put("has a new name each time", master -> new ServiceKeyProvider(master) {
            @Override
            public String name() {
                return "service" + names.incrementAndGet();
            }
        });
        AtomicInteger instances = new AtomicInteger();
        all.put("knows only its own slots", master -> new Rebinding(master) {
            private final byte instance = (byte) instances.incrementAndGet();

            @Override
            byte[] binding(byte[] binding) {
                byte[] own = Arrays.copyOf(binding, binding.length + 1);
                own[binding.length] = instance;
                return own;
            }
        });
    }

    /** Binds to something else. */
    private abstract static class Rebinding extends ServiceKeyProvider {
        Rebinding(byte[] master) {
            super(master);
        }

        abstract byte[] binding(byte[] binding);

        @Override
        public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
            return super.wrap(secret, binding(binding), salt);
        }

        @Override
        public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
            return super.unwrap(wrapped, binding(binding));
        }
    }

    private static void wrapping(Map<String, Function<byte[], KeyProvider>> all) {
        all.put("unwraps nothing", master -> new ServiceKeyProvider(master) {
            @Override
            public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
                return Optional.empty();
            }
        });
        all.put("wraps one secret only", master -> new ServiceKeyProvider(master) {
            private byte[] first = new byte[0];

            @Override
            public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
                first = first.length == 0 ? secret.clone() : first;
                return super.wrap(first, binding, salt);
            }
        });
        all.put("uses a salt of its own", master -> new ServiceKeyProvider(master) {
            @Override
            public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
                return super.wrap(secret, binding, new byte[32]);
            }
        });
        Thread only = Thread.currentThread();
        all.put("works for one thread", master -> new ServiceKeyProvider(master) {
            @Override
            public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
                if (Thread.currentThread() != only) {
                    throw new IllegalStateException("another thread");
                }
                return super.unwrap(wrapped, binding);
            }
        });
    }

    private static void dictating(Map<String, Function<byte[], KeyProvider>> all) {
        AtomicInteger keys = new AtomicInteger();
        all.put("dictates a new key each time", master -> new ServiceKeyProvider(master) {
            @Override
            public Optional<byte[]> dictatedKey() {
                byte[] key = new byte[32];
                key[0] = (byte) keys.incrementAndGet();
                return Optional.of(key);
            }
        });
        all.put("wraps what it does not dictate", master -> new ServiceKeyProvider(master) {
            @Override
            public Optional<byte[]> dictatedKey() {
                return Optional.of(new byte[32]);
            }
        });
    }

    private static void keeping(Map<String, Function<byte[], KeyProvider>> all) {
        all.put("hands out its own array", master -> new ServiceKeyProvider(master) {
            private byte[] kept = new byte[0];

            @Override
            public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
                Optional<byte[]> found = super.unwrap(wrapped, binding);
                if (kept.length == 0) {
                    found.ifPresent(secret -> kept = secret);
                }
                return found.map(secret -> kept);
            }
        });
        all.put("keeps the array that it was given", master -> new ServiceKeyProvider(master) {
            private byte[] kept = new byte[0];

            @Override
            public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
                kept = secret;
                return super.wrap(secret, binding, salt);
            }

            @Override
            public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
                return super.unwrap(wrapped, binding).map(secret -> kept.clone());
            }
        });
    }

    private static void showing(Map<String, Function<byte[], KeyProvider>> all) {
        all.put("writes the secret into the slot", master -> new ServiceKeyProvider(master) {
            @Override
            public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
                WrappedKey sound = super.wrap(secret, binding, salt);
                byte[] both = Arrays.copyOf(sound.wrapped(), sound.wrapped().length + secret.length);
                System.arraycopy(secret, 0, both, sound.wrapped().length, secret.length);
                return new WrappedKey(sound.provider(), sound.parameters(), sound.salt(), both);
            }
        });
        all.put("opens for everybody", master -> new ServiceKeyProvider(new byte[32]));
    }

    /** Changes a slot before it looks at it. */
    private abstract static class Changing extends ServiceKeyProvider {
        Changing(byte[] master) {
            super(master);
        }

        abstract WrappedKey slot(WrappedKey wrapped);

        @Override
        public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
            return super.unwrap(slot(wrapped), binding);
        }
    }

    private static void believing(Map<String, Function<byte[], KeyProvider>> all) {
        all.put("binds to nothing", master -> new Rebinding(master) {
            @Override
            byte[] binding(byte[] binding) {
                return new byte[0];
            }
        });
        all.put("takes the slots of others", master -> new Changing(master) {
            @Override
            WrappedKey slot(WrappedKey wrapped) {
                return new WrappedKey(name(), wrapped.parameters(), wrapped.salt(), wrapped.wrapped());
            }
        });
        all.put("looks at no parameters", master -> new Changing(master) {
            @Override
            WrappedKey slot(WrappedKey wrapped) {
                return new WrappedKey(wrapped.provider(), Map.of("version", 1L), wrapped.salt(), wrapped.wrapped());
            }
        });
        all.put("looks at no salt", master -> new Changing(master) {
            private byte[] salt = new byte[0];

            @Override
            public WrappedKey wrap(byte[] secret, byte[] binding, byte[] given) {
                salt = given.clone();
                return super.wrap(secret, binding, given);
            }

            @Override
            WrappedKey slot(WrappedKey wrapped) {
                return new WrappedKey(wrapped.provider(), wrapped.parameters(), salt, wrapped.wrapped());
            }
        });
        all.put("stumbles over slots of another length", master -> new Changing(master) {
            @Override
            WrappedKey slot(WrappedKey wrapped) {
                if (wrapped.wrapped().length != 48) {
                    throw new ArrayIndexOutOfBoundsException("48");
                }
                return wrapped;
            }
        });
        all.put("gives what it wrapped last", master -> new ServiceKeyProvider(master) {
            private byte[] last = new byte[0];

            @Override
            public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
                last = secret.clone();
                return super.wrap(secret, binding, salt);
            }

            @Override
            public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
                return super.unwrap(wrapped, binding).or(() -> Optional.of(last.clone()));
            }
        });
    }

    private static void closing(Map<String, Function<byte[], KeyProvider>> all) {
        all.put("works after it was closed", master -> new ServiceKeyProvider(master) {
            @Override
            public void close() {
                // goes on
            }
        });
        all.put("cannot be closed twice", master -> new ServiceKeyProvider(master) {
            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
                closed = true;
                super.close();
            }
        });
        all.put("is a raw key that wraps anything", master -> new Unruly(KeyProviders.raw(master)));
    }

    /** A provider that dictates a key and wraps another one without a word. */
    private record Unruly(KeyProvider inner) implements KeyProvider {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public Optional<byte[]> dictatedKey() {
            return inner.dictatedKey();
        }

        @Override
        public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
            return inner.wrap(inner.dictatedKey().orElseThrow(), binding, salt);
        }

        @Override
        public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
            return inner.unwrap(wrapped, binding);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
