// SPDX-License-Identifier: Apache-2.0

/** An object store in a container of Azure Blob Storage, with immutable versions. */
module io.holdfast.storage.azure {
    requires transitive io.holdfast.core;
    requires static transitive org.jspecify;
    requires com.azure.core;
    requires com.azure.core.http.jdk.httpclient;
    requires com.azure.storage.blob;
    requires com.azure.storage.common;
    requires java.net.http;

    exports io.holdfast.storage.azure;
}
