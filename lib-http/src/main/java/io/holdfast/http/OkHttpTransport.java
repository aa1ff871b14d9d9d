// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.Deadlines;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over pooled connections, TLS 1.2 and 1.3 with the ciphers of the JVM.
 *
 * <p>Safe for use by several threads; one for a process, or one for each way out of it. A thread that is interrupted notices at the next byte, and at the
 * latest when the deadline of its phase is over.
 */
public final class OkHttpTransport implements HttpTransport {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "PROPPATCH", "REPORT");

    private final OkHttpClient client;

    OkHttpTransport(OkHttpClient client) {
        this.client = client;
    }

    /**
     * Starts a transport with defaults: direct, trusting whom the platform trusts.
     *
     * @return a builder
     */
    public static OkHttpTransportBuilder builder() {
        return new OkHttpTransportBuilder();
    }

    @Override
    public HttpResponse send(HttpRequest request) throws TransportException {
        Phases phases = new Phases();
        Request wire = wire(request, phases);
        while (true) {
            try {
                return response(client.newCall(wire).execute(), request, phases);
            } catch (IOException e) {
                TransportException failed = phases.failed(request, e);
                // A host of several addresses is there if one of them is. Nothing was sent yet, and the library asks
                // the
                // one that failed last.
                if (failed.phase() != TransportException.Phase.CONNECT || !phases.takesAnotherAddress()) {
                    throw failed;
                }
            }
        }
    }

    private static Request wire(HttpRequest request, Phases phases) {
        Request.Builder wire = new Request.Builder()
                .url(WireAddress.of(request.uri()))
                .tag(Phases.class, phases)
                .tag(Deadlines.class, request.deadlines());
        for (HttpFields.Field field : request.fields().list()) {
            wire.addHeader(field.name(), field.value());
        }
        if (request.fields().first("accept-encoding").isEmpty()) {
            // Without it the library asks for gzip by itself, and undoes it without a word.
            wire.header("Accept-Encoding", "identity");
        }
        if (request.fields().first("user-agent").isEmpty()) {
            wire.header("User-Agent", "holdfast");
        }
        @Nullable HttpBody body = request.body().orElse(null);
        boolean needsBody = WITH_BODY.contains(request.method());
        wire.method(
                request.method(),
                body == null && !needsBody ? null : new StreamedBody(body == null ? HttpBody.of(new byte[0]) : body));
        return wire.build();
    }

    private static HttpResponse response(Response response, HttpRequest request, Phases phases) {
        int status = KeptStatus.shown(response);
        HttpFields fields = fields(response.headers());
        ResponseBody body = response.body();
        if (body == null) {
            return new HttpResponse(status, fields, InputStream.nullInputStream());
        }
        body.source().timeout().timeout(request.deadlines().stall().toMillis(), TimeUnit.MILLISECONDS);
        return new HttpResponse(status, fields, new ReceivedBody(response, body.byteStream(), request, phases));
    }

    private static HttpFields fields(Headers headers) {
        List<HttpFields.Field> fields = new ArrayList<>(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            if (!KeptStatus.isOurs(headers.name(i))) {
                fields.add(new HttpFields.Field(headers.name(i), headers.value(i)));
            }
        }
        return HttpFields.of(fields);
    }

    @Override
    public void close() {
        for (Call call : client.dispatcher().runningCalls()) {
            call.cancel();
        }
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
