// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import java.net.URI;
import okhttp3.HttpUrl;

/** An address for the library, whose path and query go out byte for byte: cursors are a service's own words. */
final class WireAddress {
    private WireAddress() {}

    static HttpUrl of(URI uri) {
        HttpUrl.Builder url = new HttpUrl.Builder()
                .scheme(uri.getScheme())
                .host(uri.getHost())
                .encodedPath(uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                .encodedQuery(uri.getRawQuery());
        if (uri.getPort() >= 0) {
            url.port(uri.getPort());
        }
        return url.build();
    }
}
