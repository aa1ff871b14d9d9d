// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.identity;

import com.microsoft.aad.msal4j.ClaimsRequest;
import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenEndpoint;
import io.holdfast.identity.TokenRequest;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks Microsoft Entra for a token of an application, once for each call: MSAL4J makes the request and its assertions, and neither caches nor repeats;
 * our transport sends it.
 *
 * <p>MSAL4J looks tokens up under another name than it stores them if the authority has a port, ignores {@code refresh_in} for applications, and does
 * not merge concurrent requests. The core's token source does all of that; here nothing is kept.
 */
public final class EntraEndpoint implements TokenEndpoint {
    private final Settings settings;
    private final HttpTransport transport;

    /**
     * An endpoint.
     *
     * @param settings whose tokens, and where they are asked for
     * @param transport what sends the requests
     */
    public EntraEndpoint(Settings settings, HttpTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /**
     * Whose tokens, and where they are asked for.
     *
     * @param tenant the tenant's GUID or domain
     * @param client the application's id
     * @param authority where requests go, such as {@code https://login.microsoftonline.com}, without a path
     * @param scope what tokens are for, such as {@code https://graph.microsoft.com/.default}
     */
    public record Settings(String tenant, String client, URI authority, String scope) {}

    @Override
    public TokenAnswer ask(TokenRequest request) {
        OneRequest http = new OneRequest(transport, settings.authority, settings.tenant, settings.scope);
        try {
            IAuthenticationResult result =
                    application(request, http).acquireToken(parameters(request)).get();
            return granted(result, http);
        } catch (ExecutionException e) {
            return EntraAnswers.of(http, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TokenAnswer.Unavailable("interrupted", "interrupted while it waited for the identity service");
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the authority " + settings.authority + " is no address", e);
        }
    }

    private ConfidentialClientApplication application(TokenRequest request, OneRequest http)
            throws MalformedURLException {
        return ConfidentialClientApplication.builder(settings.client, credential(request.credential()))
                .authority(OneRequest.STAND_IN + "/" + settings.tenant + "/")
                .instanceDiscovery(false)
                .httpClient(http)
                .executorService(new CallerRuns())
                .disableInternalRetries()
                .build();
    }

    private ClientCredentialParameters parameters(TokenRequest request) {
        var parameters =
                ClientCredentialParameters.builder(Set.of(settings.scope)).skipCache(true);
        request.claims()
                .map(EntraEndpoint::decoded)
                .ifPresent(claims -> parameters.claims(ClaimsRequest.formatAsClaimsRequest(claims)));
        return parameters.build();
    }

    /** Services send claims in base64, with or without the letters for addresses. */
    private static String decoded(String claims) {
        try {
            String standard = claims.replace('-', '+').replace('_', '/');
            return new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return claims;
        }
    }

    private static IClientCredential credential(Credential credential) {
        if (credential instanceof Credential.Secret secret) {
            char[] chars = secret.secret();
            try {
                return ClientCredentialFactory.createFromSecret(new String(chars));
            } finally {
                Arrays.fill(chars, '\0');
            }
        }
        if (credential instanceof Credential.Certificate certificate) {
            return ClientCredentialFactory.createFromCertificateChain(certificate.key(), certificate.chain());
        }
        return ClientCredentialFactory.createFromClientAssertion(((Credential.Assertion) credential).assertion());
    }

    /** In the seconds of the answer itself: points in time would go by this machine's clock. */
    private static TokenAnswer granted(IAuthenticationResult result, OneRequest http) {
        Optional<Duration> life = http.seconds("expires_in");
        if (life.isEmpty() || life.get().isZero()) {
            return new TokenAnswer.Unavailable(
                    "expires_in", "the identity service does not say how long its token is good");
        }
        return new TokenAnswer.Granted(
                result.accessToken(), life.get(), http.seconds("refresh_in").filter(each -> !each.isZero()));
    }

    /** MSAL4J would run its request on a pool of the whole JVM. */
    private static final class CallerRuns extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            // Nothing runs behind a caller's back.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
