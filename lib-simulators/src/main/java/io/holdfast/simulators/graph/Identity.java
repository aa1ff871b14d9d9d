// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Gives access tokens to applications, with their roles in them, and knows them again. Safe for use by several threads. */
final class Identity {
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final TimeSource time;
    private final List<GraphTenant> tenants;
    private final Duration life;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();

    Identity(TimeSource time, List<GraphTenant> tenants, Duration life) {
        this.time = time;
        this.tenants = tenants;
        this.life = life;
    }

    /**
     * What a token stands for.
     *
     * @param tenant whose data
     * @param app who asks, with the roles of when the token was issued
     * @param expires until when
     */
    record Grant(GraphTenant tenant, GraphApp app, Instant expires) {}

    /** Whom the request's token belongs to; empty if there is none, or none that is valid. */
    Optional<Grant> grant(PeerRequest request) {
        String field = request.fields().first("authorization").orElse("");
        Grant grant = field.regionMatches(true, 0, "Bearer ", 0, 7)
                ? grants.get(field.substring(7).trim())
                : null;
        return Optional.ofNullable(grant).filter(each -> time.now().isBefore(each.expires()));
    }

    /** Forgets all tokens. */
    void expireAll() {
        grants.clear();
    }

    /** Answers a request for a token. */
    Reply token(PeerRequest request, String tenantName) {
        Instant now = time.now();
        Optional<GraphTenant> tenant =
                tenants.stream().filter(each -> each.isCalled(tenantName)).findFirst();
        if (tenant.isEmpty()) {
            return IdentityErrors.NO_TENANT.reply(now);
        }
        // A form is written as a query is.
        Map<String, String> form = Query.of("?" + request.text()).values();
        if (!form.containsKey("grant_type")) {
            return IdentityErrors.MALFORMED.reply(now);
        }
        if (!form.get("grant_type").equals("client_credentials")) {
            return IdentityErrors.WRONG_GRANT.reply(now);
        }
        Optional<String> scope = resourceScope(form.getOrDefault("scope", ""));
        if (scope.isEmpty()) {
            return IdentityErrors.WRONG_SCOPE.reply(now);
        }
        Optional<GraphApp> app = tenant.get().app(form.getOrDefault("client_id", ""));
        if (app.isEmpty()) {
            return IdentityErrors.NO_APP.reply(now);
        }
        Optional<IdentityErrors> refusal = refusal(app.get(), form, now);
        return refusal.isPresent() ? refusal.get().reply(now) : issue(tenant.get(), app.get(), scope.get(), now);
    }

    private static Optional<IdentityErrors> refusal(GraphApp app, Map<String, String> form, Instant now) {
        if (!app.isEnabled()) {
            return Optional.of(IdentityErrors.APP_DISABLED);
        }
        if (form.containsKey("client_assertion")) {
            return assertion(form, now);
        }
        if (!form.containsKey("client_secret")) {
            return Optional.of(IdentityErrors.NO_SECRET);
        }
        if (!app.secret().equals(form.get("client_secret"))) {
            return Optional.of(IdentityErrors.WRONG_SECRET);
        }
        return now.isBefore(app.secretExpires()) ? Optional.empty() : Optional.of(IdentityErrors.SECRET_EXPIRED);
    }

    /** An assertion is accepted if it is signed by anybody, is addressed to a token endpoint, names its application and is in time. */
    private static Optional<IdentityErrors> assertion(Map<String, String> form, Instant now) {
        String[] parts = form.getOrDefault("client_assertion", "").split("\\.", -1);
        if (!ASSERTION.equals(form.get("client_assertion_type")) || parts.length != 3 || parts[2].isEmpty()) {
            return Optional.of(IdentityErrors.WRONG_ASSERTION);
        }
        try {
            Map<String, Object> claims = Json.parseObject(Base64.getUrlDecoder().decode(parts[1]));
            boolean ours = Json.text(claims, "iss").equals(form.get("client_id"))
                    && Json.text(claims, "aud").endsWith("/oauth2/v2.0/token");
            if (!ours) {
                return Optional.of(IdentityErrors.WRONG_ASSERTION);
            }
            boolean inTime = claims.get("exp") instanceof Number end && now.getEpochSecond() < end.longValue();
            return inTime ? Optional.empty() : Optional.of(IdentityErrors.ASSERTION_OUT_OF_TIME);
        } catch (IllegalArgumentException e) {
            return Optional.of(IdentityErrors.WRONG_ASSERTION);
        }
    }

    /** The one that names a resource: libraries put those of OpenID Connect beside it, which say nothing for an application. */
    private static Optional<String> resourceScope(String scopes) {
        return Stream.of(scopes.split(" ", -1))
                .filter(each -> each.endsWith("/.default"))
                .findFirst();
    }

    private Reply issue(GraphTenant tenant, GraphApp app, String scope, Instant now) {
        long number = issued.incrementAndGet();
        Instant expires = now.plus(life);
        Map<String, Object> claims = Json.object(
                "aud", scope.substring(0, scope.length() - "/.default".length()),
                "iss", "https://sts.windows.net/" + tenant.id() + "/",
                "iat", now.getEpochSecond(),
                "nbf", now.getEpochSecond(),
                "exp", expires.getEpochSecond(),
                "appid", app.clientId(),
                "idtyp", "app",
                "roles", new TreeSet<>(app.roles()),
                "tid", tenant.id(),
                "uti", Ids.guid(number, number),
                "ver", "1.0");
        String token = encoded(Json.bytes(Json.object("typ", "JWT", "alg", "RS256")))
                + "." + encoded(Json.bytes(claims))
                + "." + encoded(("signature " + number).getBytes(StandardCharsets.UTF_8));
        grants.put(token, new Grant(tenant, app, expires));
        return Reply.of(200)
                .with("Content-Type", "application/json; charset=utf-8")
                .with("Cache-Control", "no-store, no-cache")
                .with(Json.bytes(Json.object(
                        "token_type",
                        "Bearer",
                        "expires_in",
                        life.toSeconds(),
                        "ext_expires_in",
                        life.toSeconds(),
                        "access_token",
                        token)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
