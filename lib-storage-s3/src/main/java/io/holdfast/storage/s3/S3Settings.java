// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectName;
import io.holdfast.store.PutMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a store was told about its bucket; immutable.
 *
 * @param bucket the bucket
 * @param prefix what all keys begin with; empty, or ends with a slash
 * @param checksums how the service can tell that an object arrived
 * @param lock who may lift a retention; empty for a bucket without Object Lock
 * @param conditions whether the service is said to honour conditions
 * @param encryption the server-side encryption to ask for, if any
 * @param encryptionKey the id of the key for it, if any
 * @param storageClasses the storage class of objects by what their names begin with
 * @param multipartAbove the length in bytes above which objects are put in parts
 * @param conditionsInPartsAbove the same for puts with a condition, which not every service honours for parts
 */
record S3Settings(
        String bucket,
        String prefix,
        ChecksumMode checksums,
        Optional<LockMode> lock,
        boolean conditions,
        Optional<String> encryption,
        Optional<String> encryptionKey,
        Map<String, String> storageClasses,
        long multipartAbove,
        long conditionsInPartsAbove) {

    /** The order of the storage classes is that in which they are tried. */
    S3Settings {
        storageClasses = Collections.unmodifiableMap(new LinkedHashMap<>(storageClasses));
    }

    /** The same for objects elsewhere that are never locked. */
    S3Settings unlockedIn(String otherBucket, String otherPrefix) {
        return new S3Settings(
                otherBucket,
                otherPrefix,
                checksums,
                Optional.empty(),
                conditions,
                encryption,
                encryptionKey,
                storageClasses,
                multipartAbove,
                conditionsInPartsAbove);
    }

    /** The same, but with every object in parts that is not empty. */
    S3Settings inParts() {
        return new S3Settings(
                bucket, prefix, checksums, lock, conditions, encryption, encryptionKey, storageClasses, 0, 0);
    }

    /** Whether an object is put in parts. */
    boolean inParts(long length, PutMode mode) {
        return length > (mode instanceof PutMode.Overwrite ? multipartAbove : conditionsInPartsAbove);
    }

    String key(ObjectName name) {
        return prefix + name.value();
    }

    /** The name of the object under a key; empty if no object bears it. */
    Optional<ObjectName> name(String key) {
        String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
        return ObjectName.isValid(rest) ? Optional.of(new ObjectName(rest)) : Optional.empty();
    }

    Optional<String> storageClass(ObjectName name) {
        return storageClasses.entrySet().stream()
                .filter(each -> name.value().startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    String place() {
        return "s3:" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
