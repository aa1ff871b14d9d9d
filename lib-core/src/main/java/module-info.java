// SPDX-License-Identifier: Apache-2.0

/**
 * The Holdfast SPIs, the backup engine, the repository format and its encryption.
 *
 * <p>Packages below {@code io.holdfast.internal} are not exported and carry no promise.
 */
module io.holdfast.core {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.github.benmanes.caffeine;
    requires com.github.luben.zstd_jni;
    requires org.slf4j;
    requires static org.bouncycastle.provider;
    requires static transitive org.jspecify;

    exports io.holdfast.crypto;
    exports io.holdfast.diagnosis;
    exports io.holdfast.drift;
    exports io.holdfast.error;
    exports io.holdfast.exchange;
    exports io.holdfast.health;
    exports io.holdfast.identity;
    exports io.holdfast.manifest;
    exports io.holdfast.model;
    exports io.holdfast.observe;
    exports io.holdfast.pacing;
    exports io.holdfast.quiet;
    exports io.holdfast.repository;
    exports io.holdfast.retry;
    exports io.holdfast.runtime;
    exports io.holdfast.services;
    exports io.holdfast.source;
    exports io.holdfast;
    exports io.holdfast.store;
}
