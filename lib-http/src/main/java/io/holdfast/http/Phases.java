// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.TransportException;
import io.holdfast.exchange.TransportException.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** How far a call has come, so that a failure is one of its phase whatever the exception is called. For one thread. */
final class Phases extends EventListener {
    private Phase phase = Phase.RESOLVE;
    private boolean direct = true;
    private int otherAddresses = -1;

    static EventListener listener(Call call) {
        return Objects.requireNonNull(call.request().tag(Phases.class));
    }

    /** Whether there is an address that was not tried; counts it as tried. */
    boolean takesAnotherAddress() {
        return direct && otherAddresses-- > 0;
    }

    TransportException failed(HttpRequest request, IOException error) {
        if (error instanceof TransportException known) {
            return known;
        }
        String what = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        if (error instanceof SocketTimeoutException) {
            what = "nothing came in time (" + what + ")";
        }
        return new TransportException(
                phase,
                request + ": " + saying(phase) + ": " + what.lines().findFirst().orElse(what),
                error);
    }

    private static String saying(Phase phase) {
        switch (phase) {
            case RESOLVE:
                return "the name has no address";
            case CONNECT:
                return "no connection";
            case TLS:
                return "no TLS session";
            case REQUEST:
                return "the request could not be sent";
            case RESPONSE:
                return "no response";
            default:
                return "the body broke off";
        }
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        phase = Phase.RESOLVE;
    }

    @Override
    public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
        if (otherAddresses < 0) {
            otherAddresses = addresses.size() - 1;
        }
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        phase = Phase.CONNECT;
        direct = proxy.type() == Proxy.Type.DIRECT;
    }

    @Override
    public void secureConnectStart(Call call) {
        phase = Phase.TLS;
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        phase = Phase.REQUEST;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        phase = Phase.REQUEST;
    }

    @Override
    public void requestHeadersEnd(Call call, okhttp3.Request request) {
        phase = request.body() == null ? Phase.RESPONSE : Phase.REQUEST;
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        phase = Phase.RESPONSE;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        phase = Phase.BODY;
    }
}
