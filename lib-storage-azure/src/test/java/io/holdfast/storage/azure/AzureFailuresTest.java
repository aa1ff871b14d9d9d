// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service answers when it does not do what was asked, each with the thing, the value and the remedy. */
final class AzureFailuresTest {
    private static final ObjectName NAME = new ObjectName("data/ab/thing");

    private volatile Reply reply = Reply.of(500);
    private final WirePeer peer = WirePeer.plain(this::answer);
    private final ObjectStore store = AzureServer.at(peer).store("container").open();

    private Reply answer(PeerRequest request) {
        return request.target().contains("restype=container")
                        && !request.target().contains("comp=list")
                ? FakeAzure.container(false, false)
                : reply;
    }

    @AfterEach
    void close() {
        store.close();
        peer.close();
    }

    private PutResult put() {
        return store.put(NAME, ObjectBody.of(new byte[] {1, 2, 3}), PutOptions.createOnly());
    }

    private void get() {
        read(store);
    }

    private static void read(ObjectStore store) {
        try (InputStream in = store.get(NAME, ByteRange.of(0, 100))) {
            in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertFails(ErrorCode code, String remedy, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HoldfastException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage())
                    .contains("azure:container")
                    .doesNotContain("c2VjcmV0", "sig=")
                    .hasLineCount(1);
            assertThat(e.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            503 | ServerBusy                      | STORE_UNAVAILABLE     | later
            429 | TooManyRequests                 | STORE_UNAVAILABLE     | later
            409 | PendingCopyOperation            | STORE_UNAVAILABLE     | later
            400 | InvalidBlockList                | STORE_UNAVAILABLE     | later
            500 | InternalError                   | STORE_OUTCOME_UNKNOWN | the very same bytes
            500 | OperationTimedOut               | STORE_OUTCOME_UNKNOWN | the very same bytes
            403 | AuthorizationPermissionMismatch | STORE_PERMISSION      | role on the account
            403 | AuthorizationFailure            | STORE_PERMISSION      | firewall
            403 | AuthenticationFailed            | STORE_PERMISSION      | account's name and its key
            412 | LeaseIdMissing                  | STORE_PERMISSION      | Break the lease
            404 | ContainerNotFound               | STORE_PLACE_MISSING   | Create the container
            409 | ContainerBeingDeleted           | STORE_PLACE_MISSING   | Create the container
            413 | RequestBodyTooLarge             | STORE_FULL            | quota
            409 | BlobImmutableDueToPolicy        | STORE_RETAINED        | protection has ended
            409 | BlobArchived                    | STORE_UNSUPPORTED     | archive
            501 | NotImplemented                  | STORE_UNSUPPORTED     | blob service
            400 | SomethingNew                    | STORE_UNSUPPORTED     | blob service
            """)
    void aRefusedPutSaysWhyAndWhatToDo(int status, String code, ErrorCode expected, String remedy) {
        reply = FakeAzure.error(status, code);
        int before = peer.requests().size();

        assertFails(expected, remedy, this::put);
        assertThat(peer.requests()).as("nothing is repeated here").hasSize(before + 1);
    }

    @Test
    void aMetConditionIsARefusalAndNoError() {
        reply = FakeAzure.error(409, "BlobAlreadyExists");
        assertThat(put()).isEqualTo(PutResult.REFUSED);

        reply = FakeAzure.error(412, "ConditionNotMet");
        assertThat(put()).isEqualTo(PutResult.REFUSED);
    }

    @Test
    void aDeleteThatAPolicyRefusesIsNoFailure() {
        reply = FakeAzure.error(409, "BlobImmutableDueToLegalHold");
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.RETAINED);

        reply = FakeAzure.error(404, "BlobNotFound");
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.ABSENT);
    }

    @Test
    void anotherTimeOfDayIsTold() {
        reply = FakeAzure.error(403, "AuthenticationFailed").with("Date", "Tue, 01 Jan 2030 00:00:00 GMT");

        assertFails(ErrorCode.STORE_PERMISSION, "clock", this::put);
        // An answer to HEAD has no body that could say it.
        assertFails(ErrorCode.STORE_PERMISSION, "clock", () -> store.stat(NAME));
    }

    @Test
    void anExpiredSignatureIsToldFromAWrongOne() {
        String signature = "?sv=2025-01-05&se=2029-12-31T00%3A00%3A00Z&sig=c2VjcmV0";
        try (ObjectStore signed = AzureServer.at(peer)
                .store("container")
                .credentials(() -> new AzureCredentials.SharedAccessSignature(signature))
                .open()) {
            reply = FakeAzure.error(403, "AuthenticationFailed").with("Date", "Tue, 01 Jan 2030 00:00:00 GMT");
            assertFails(ErrorCode.STORE_PERMISSION, "has expired", () -> read(signed));

            reply = FakeAzure.error(403, "AuthenticationFailed").with("Date", "Sun, 30 Dec 2029 00:00:00 GMT");
            assertFails(ErrorCode.STORE_PERMISSION, "Correct or renew", () -> read(signed));
        }
    }

    @Test
    void rotatedCredentialsHoldFromTheNextRequestOn() {
        String[] token = {"first"};
        try (WirePeer strict = WirePeer.plain(request -> {
                    boolean allowed = request.fields()
                            .first("Authorization")
                            .filter("Bearer second"::equals)
                            .isPresent();
                    boolean opening = request.target().contains("restype=container");
                    return opening
                            ? FakeAzure.container(false, false)
                            : allowed
                                    ? Reply.of(201).with("ETag", "\"1\"")
                                    : FakeAzure.error(401, "InvalidAuthenticationInfo");
                });
                ObjectStore rotating = AzureServer.at(strict)
                        .store("container")
                        .credentials(() -> new AzureCredentials.BearerToken(token[0]))
                        .open()) {
            ObjectBody body = ObjectBody.of(new byte[1]);
            assertFails(
                    ErrorCode.STORE_PERMISSION,
                    "Renew the access token",
                    () -> rotating.put(NAME, body, PutOptions.createOnly()));

            token[0] = "second";

            assertThat(rotating.put(NAME, body, PutOptions.createOnly())).isEqualTo(PutResult.WRITTEN);
        }
    }

    @Test
    void aPageOfAProxyIsNotTakenForAnAnswerOfTheService() {
        reply = page(502, "Bad gateway");
        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, "the very same bytes", this::put);
        assertFails(ErrorCode.STORE_UNAVAILABLE, "later", this::get);

        reply = page(403, "Log in");
        assertThatThrownBy(this::get).hasMessageContaining("something between here and the service may have answered");
        reply = page(404, "Nobody lives here");
        assertFails(ErrorCode.STORE_PLACE_MISSING, "endpoint", this::get);
        reply = page(200, "Welcome");
        assertFails(ErrorCode.STORE_UNAVAILABLE, "proxy", () -> store.list("").hasNext());
        assertFails(ErrorCode.STORE_UNAVAILABLE, "proxy", this::get);
        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, "the very same bytes", this::put);
    }

    private static Reply page(int status, String text) {
        return Reply.of(status)
                .with("Content-Type", "text/html")
                .with(("<html><body>" + text + "</body></html>").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aContainerThatIsMissingIsNotTakenForAnObjectThatIs() {
        reply = FakeAzure.error(404, "ContainerNotFound");

        assertFails(ErrorCode.STORE_PLACE_MISSING, "Create the container", () -> store.stat(NAME));
        assertFails(ErrorCode.STORE_PLACE_MISSING, "Create the container", this::get);
        assertFails(
                ErrorCode.STORE_PLACE_MISSING,
                "Create the container",
                () -> store.list("").hasNext());
        assertFails(ErrorCode.STORE_PLACE_MISSING, "Create the container", () -> store.delete(NAME));
    }

    @Test
    void anAnswerThatBreaksOffIsNoShortObject() {
        reply = Reply.of(206)
                .with("Content-Range", "bytes 0-99/100")
                .with(new byte[100])
                .spoilt(new Flaw.Cut(40, false));

        assertThatThrownBy(this::get)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    @Test
    void aWholeObjectIsNotTakenForARangeOfIt() {
        reply = Reply.of(200).with(new byte[200]);

        assertFails(ErrorCode.STORE_UNSUPPORTED, "ranges", this::get);
    }

    @Test
    void aPutWhoseConnectionBreaksMayHaveTakenEffect() {
        reply = Reply.of(201).spoilt(new Flaw.Gone(true));

        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, "the very same bytes", this::put);
        assertFails(ErrorCode.STORE_UNAVAILABLE, "network", this::get);
    }

    @Test
    void aServiceThatDoesNotListenIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        AzureObjectStoreBuilder nobody =
                AzureServer.at(peer).store("container").endpoint(URI.create("http://127.0.0.1:" + free + "/account"));

        assertFails(ErrorCode.STORE_UNAVAILABLE, "Check the endpoint", nobody::open);
    }

    @Test
    void aCertificateIsTrustedOnlyWhereItsAuthorityIs() {
        ServerIdentity identity = ServerIdentity.of("localhost");
        try (WirePeer secure = WirePeer.secure(identity, this::answer)) {
            assertFails(
                    ErrorCode.STORE_UNAVAILABLE,
                    "Trust the authority",
                    AzureServer.at(secure).store("container")::open);

            AzureServer.at(secure)
                    .store("container")
                    .trust(identity.trust())
                    .open()
                    .close();
        }
    }
}
