// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.store.ObjectName;
import java.util.Map;
import java.util.Optional;

/**
 * What a store was told about its container; immutable.
 *
 * @param container the container
 * @param prefix what the names of all blobs begin with; empty, or ends with a slash
 * @param immutability who may lift a retention; empty if nothing is to be protected
 * @param conditions whether the service is said to honour conditions
 * @param tiers the access tier of objects by what their names begin with
 * @param blocksAbove the length in bytes above which objects are put in blocks
 */
record AzureSettings(
        String container,
        String prefix,
        Optional<ImmutabilityMode> immutability,
        boolean conditions,
        Map<String, String> tiers,
        long blocksAbove) {

    /** The same, but with every object in blocks that is not empty. */
    AzureSettings inBlocks() {
        return new AzureSettings(container, prefix, immutability, conditions, tiers, 0);
    }

    String blob(ObjectName name) {
        return prefix + name.value();
    }

    /** The name of the object in a blob; empty if no object bears it. */
    Optional<ObjectName> name(String blob) {
        String rest = blob.startsWith(prefix) ? blob.substring(prefix.length()) : "";
        return ObjectName.isValid(rest) ? Optional.of(new ObjectName(rest)) : Optional.empty();
    }

    Optional<String> tier(ObjectName name) {
        return tiers.entrySet().stream()
                .filter(each -> name.value().startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether nobody shall be able to lift a retention. */
    boolean locks() {
        return immutability.filter(ImmutabilityMode.LOCKED::equals).isPresent();
    }

    /** The version that a put can be conditional on, where the service is said to honour that. */
    Optional<String> version(String etag) {
        return conditions ? Optional.of(etag) : Optional.empty();
    }

    String place() {
        return "azure:" + container + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
