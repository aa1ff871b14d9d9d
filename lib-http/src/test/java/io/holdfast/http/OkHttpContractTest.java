// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.HttpTransport;
import io.holdfast.testkit.http.HttpTransportContract;
import javax.net.ssl.X509TrustManager;

class OkHttpContractTest extends HttpTransportContract {
    @Override
    protected HttpTransport transport(X509TrustManager trust) {
        return OkHttpTransport.builder().trust(trust).build();
    }
}
