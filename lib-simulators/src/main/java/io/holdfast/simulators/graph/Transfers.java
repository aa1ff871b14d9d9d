// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Addresses that carry their own permission and end after a while: uploads and downloads. Safe for use by several threads. */
final class Transfers {
    static final String PATH = "/transfer/";
    private static final Duration LIFE = Duration.ofHours(1);

    private final TimeSource time;
    private final Map<String, Offer> offers = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private volatile long expiredUpTo;

    Transfers(TimeSource time) {
        this.time = time;
    }

    private record Offer(
            long number, Instant expires, GraphTenant tenant, String operation, Function<PeerRequest, Reply> answer) {}

    /**
     * Makes an address.
     *
     * @param call who asks for it
     * @param operation what the ledger calls the requests to it
     * @param answer what it gives; called while the tenant is locked
     * @return the absolute address
     */
    String offer(Call call, String operation, Function<PeerRequest, Reply> answer) {
        long number = issued.incrementAndGet();
        String token = Ids.guid(number, 77) + "?tempauth=v1." + Long.toHexString(Ids.mix(number, 7));
        offers.put(PATH + token, new Offer(number, time.now().plus(LIFE), call.tenant(), operation, answer));
        return call.origins().transfer() + PATH + token;
    }

    /** Until when an address that is made now is good. */
    Instant expiry() {
        return time.now().plus(LIFE);
    }

    /** Makes all addresses that were given out so far unusable. */
    void expireAll() {
        expiredUpTo = issued.get();
    }

    String operation(PeerRequest request) {
        Offer offer = offers.get(request.target());
        return offer == null ? "transfer.unknown" : offer.operation();
    }

    Reply answer(PeerRequest request) {
        Offer offer = offers.get(request.target());
        if (offer == null) {
            return error(404, "itemNotFound", "The resource could not be found.");
        }
        if (offer.number() <= expiredUpTo || !time.now().isBefore(offer.expires())) {
            return error(401, "unauthenticated", "The address has expired.");
        }
        synchronized (offer.tenant()) {
            try {
                return offer.answer().apply(request);
            } catch (GraphError e) {
                Reply reply = error(e.status(), e.code(), e.text());
                for (HttpFields.Field field : e.fields().list()) {
                    reply = reply.with(field.name(), field.value());
                }
                return reply;
            }
        }
    }

    private static Reply error(int status, String code, String message) {
        return Call.reply(status, Json.object("error", Json.object("code", code, "message", message)));
    }
}
