// SPDX-License-Identifier: Apache-2.0

/** The port for HTTP exchanges on OkHttp. */
module io.holdfast.http {
    requires transitive io.holdfast.core;
    requires static transitive org.jspecify;
    requires okhttp3;
    requires okio;

    exports io.holdfast.http;
}
