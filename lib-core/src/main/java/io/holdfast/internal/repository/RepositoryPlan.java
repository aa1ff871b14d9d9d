// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a repository is created or opened.
 *
 * @param store where it is
 * @param key what opens it
 * @param encryptor the suite of authenticated encryption
 * @param policy how failed calls to the store are tried again
 * @param cache the folder of the local cache, if there is one
 * @param acceptRollback whether it may be older than the cache remembers
 * @param runtime time, randomness, threads and memory
 * @param engine the version of the engine, for the records
 */
public record RepositoryPlan(
        ObjectStore store,
        KeyProvider key,
        Encryptor encryptor,
        RetryPolicy policy,
        Optional<Path> cache,
        boolean acceptRollback,
        HoldfastRuntime runtime,
        String engine) {}
