// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import java.net.Proxy;
import okhttp3.Response;

/**
 * Keeps statuses from the library, which would act on some of them by itself: send a request again after a 503 with a wait of zero or a 408, and
 * refuse a 407 of a server. What a status means is for others to say; only a proxy's demand for authentication is left to it.
 */
final class KeptStatus {
    private static final String KEPT = "Holdfast-Kept-Status";
    private static final int PROXY_AUTHENTICATION = 407;

    private KeptStatus() {}

    static Response hidden(Response response, Proxy proxy) {
        boolean asksForProxy = response.code() == PROXY_AUTHENTICATION && proxy.type() == Proxy.Type.HTTP;
        Response.Builder kept = response.newBuilder().removeHeader(KEPT);
        if (response.code() >= 300 && !asksForProxy) {
            kept.code(200).header(KEPT, String.valueOf(response.code()));
        }
        return kept.build();
    }

    static int shown(Response response) {
        String kept = response.header(KEPT);
        return kept == null ? response.code() : Integer.parseInt(kept);
    }

    static boolean isOurs(String name) {
        return name.equals(KEPT);
    }
}
