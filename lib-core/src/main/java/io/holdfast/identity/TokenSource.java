// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.identity.TokenSources.Line;
import io.holdfast.pacing.Scope;
import io.holdfast.retry.FailureException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tokens of one application of one tenant.
 *
 * <p>A token is renewed in the background when it has been used past half of its life, at a random moment so that many do not come due together; as
 * long as it is valid it goes on being used whatever becomes of the renewal. For each audience there is at most one request at a time, and none
 * before the time that the service asked to wait for. A refused credential is not sent again for an hour, or until the host gives another one.
 *
 * <p>Safe for use by several threads. Nothing is sent unless somebody asks for a token.
 */
public final class TokenSource {
    private static final Duration UNUSED = Duration.ofHours(3);
    private static final int MOST_AUDIENCES = 100_000;

    private final Line line;
    private final Asker asker;
    private final Cache<String, TokenSlot> slots;

    TokenSource(Scope application, Supplier<Credential> credential, TokenEndpoint endpoint, Line line) {
        this.line = line;
        this.asker = new Asker(
                application,
                Objects.requireNonNull(credential, "credential"),
                Objects.requireNonNull(endpoint, "endpoint"),
                line);
        this.slots = Caffeine.newBuilder()
                .maximumSize(MOST_AUDIENCES)
                .expireAfterAccess(UNUSED)
                .ticker(line.time()::nanos)
                // Eviction is cheap, and the common pool would be a thread that nobody gave us.
                .executor(Runnable::run)
                .build();
    }

    /**
     * A valid token; waits only for a request to the identity service, and only if there is none.
     *
     * @param audience what it is for, in the connector's own words
     * @return the token, valid for another minute at least
     * @throws FailureException if there is none: {@code IDENTITY_OUTAGE} with a time after which to ask again, {@code CREDENTIAL_REJECTED}, or
     *     {@code PERMISSION_MISSING} if the audience alone is refused
     */
    public AccessToken token(String audience) {
        try {
            TokenSlot slot = slotOf(audience);
            if (asker.checkCredential()) {
                // Whether the credential is accepted again, no token that is still held can tell.
                slot.drop();
            }
            return slot.token();
        } finally {
            line.events().deliver();
        }
    }

    /**
     * Another token in the place of one that the service did not accept; of all who ask for the same token's sake only the first sends a request.
     *
     * @param audience what it is for
     * @param refused the token that was not accepted
     * @param claims what the service demands of the token, as it came, if it said so
     * @return a token that is not the refused one
     * @throws FailureException as {@link #token} does; {@code TRANSIENT} with a time after which to ask again if the refused token is younger than a
     *     minute and nothing new is demanded, since then the service has not heard of it yet. The minute doubles, up to sixteen, with each token that was
     *     refused young: a service that accepts none must not wear the identity service out
     */
    public AccessToken replace(String audience, AccessToken refused, Optional<String> claims) {
        try {
            TokenSlot slot = slotOf(audience);
            if (asker.checkCredential()) {
                slot.drop();
            }
            return slot.replace(refused, claims);
        } finally {
            line.events().deliver();
        }
    }

    /**
     * Whether the identity service refuses the credential at present.
     *
     * @return true if the tenant stands still until somebody renews something
     */
    public boolean isRejected() {
        return asker.isRejected();
    }

    private TokenSlot slotOf(String audience) {
        return slots.get(audience, name -> new TokenSlot(name, asker, line));
    }
}
