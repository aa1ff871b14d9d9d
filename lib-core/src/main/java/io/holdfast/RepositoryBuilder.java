// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.internal.repository.RepositoryEngine;
import io.holdfast.internal.repository.RepositoryPlan;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Says how a repository is created or opened; for one thread, used once. */
public final class RepositoryBuilder {
    private final ObjectStore store;
    private final KeyProvider key;
    private final boolean create;
    private Optional<Path> cache = Optional.empty();
    private Encryptor encryptor = Encryptor.aes256Gcm();
    private RetryPolicy policy = RetryPolicy.defaults();
    private boolean acceptRollback;

    RepositoryBuilder(ObjectStore store, KeyProvider key, boolean create) {
        this.store = Objects.requireNonNull(store, "store");
        this.key = Objects.requireNonNull(key, "key");
        this.create = create;
    }

    /**
     * Sets a folder for the local cache: index runs, and what was seen of this repository last, by which it is noticed if somebody sets it
     * back. The folder may be shared by all repositories of a machine, and may be deleted at any time.
     *
     * @param folder the folder; made if it is missing
     * @return this builder
     */
    public RepositoryBuilder cache(Path folder) {
        this.cache = Optional.of(folder);
        return this;
    }

    /**
     * Sets the suite of authenticated encryption.
     *
     * @param suite AES-256-GCM of the platform by default
     * @return this builder
     */
    public RepositoryBuilder encryptor(Encryptor suite) {
        this.encryptor = Objects.requireNonNull(suite);
        return this;
    }

    /**
     * Sets how failed calls to the store are tried again.
     *
     * @param retryPolicy the policy
     * @return this builder
     */
    public RepositoryBuilder retrying(RetryPolicy retryPolicy) {
        this.policy = Objects.requireNonNull(retryPolicy);
        return this;
    }

    /**
     * Opens a repository although it is older than the cache remembers, as after a restore of the store itself.
     *
     * @return this builder
     */
    public RepositoryBuilder acceptRollback() {
        this.acceptRollback = true;
        return this;
    }

    /**
     * Creates or opens the repository.
     *
     * @param runtime time, randomness, threads and memory; stays the caller's to close
     * @return the open repository, which the caller closes
     * @throws io.holdfast.error.KeyException if the key opens no slot
     * @throws io.holdfast.error.RepositoryException if there is no repository to open, or one where a new one shall be
     * @throws io.holdfast.error.StoreException if the store cannot be used
     */
    public Repository on(HoldfastRuntime runtime) {
        RepositoryPlan plan =
                new RepositoryPlan(store, key, encryptor, policy, cache, acceptRollback, runtime, Holdfast.version());
        return new Repository(create ? RepositoryEngine.create(plan) : RepositoryEngine.open(plan));
    }
}
