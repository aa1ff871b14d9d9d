// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.storage.s3.ScriptedS3.Answer;
import io.holdfast.store.ByteRange;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service answers when it does not do what was asked, each with the thing, the value and the remedy. */
final class S3FailuresTest {
    private static final ObjectName NAME = new ObjectName("data/ab/thing");

    private final ScriptedS3 service = new ScriptedS3();
    private final ObjectStore store = service.store().open();

    @AfterEach
    void close() {
        store.close();
        service.close();
    }

    private PutResult put() {
        return store.put(NAME, ObjectBody.of(new byte[] {1, 2, 3}), PutOptions.createOnly());
    }

    private void get() {
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
                    .contains("s3:bucket")
                    .doesNotContain("secret")
                    .hasLineCount(1);
            assertThat(e.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            503 | SlowDown                     | STORE_UNAVAILABLE     | later
            429 | TooManyRequests              | STORE_UNAVAILABLE     | later
            409 | ConditionalRequestConflict   | STORE_UNAVAILABLE     | later
            500 | InternalError                | STORE_OUTCOME_UNKNOWN | the very same bytes
            403 | AccessDenied                 | STORE_PERMISSION      | policies
            400 | ExpiredToken                 | STORE_PERMISSION      | Renew
            403 | InvalidAccessKeyId           | STORE_PERMISSION      | access key
            403 | SignatureDoesNotMatch        | STORE_PERMISSION      | secret key
            403 | RequestTimeTooSkewed         | STORE_PERMISSION      | clock
            404 | NoSuchBucket                 | STORE_PLACE_MISSING   | Create the bucket
            400 | AuthorizationHeaderMalformed | STORE_PLACE_MISSING   | region
            403 | QuotaExceeded                | STORE_FULL            | quota
            507 | XMinioStorageFull            | STORE_FULL            | Make room
            501 | NotImplemented               | STORE_UNSUPPORTED     | Use a service
            400 | SomethingNew                 | STORE_UNSUPPORTED     | speaks S3
            """)
    void aRefusedPutSaysWhyAndWhatToDo(int status, String code, ErrorCode expected, String remedy) {
        service.answer(Answer.error(status, code));

        assertFails(expected, remedy, this::put);
        assertThat(service.requests()).as("nothing is repeated here").hasSize(1);
    }

    @Test
    void ofSeveralObjectsThatAreDeletedEachHasItsOwnError() {
        service.answer(new Answer(200, """
                <DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                <Error><Key>b</Key><Code>AccessDenied</Code><Message>no</Message></Error>
                <Error><Key>d</Key><Code>SlowDown</Code><Message>slowly</Message></Error>
                </DeleteResult>""", Map.of("Content-Type", "application/xml")));
        List<ObjectName> names =
                Stream.of("a", "b", "c", "d").map(ObjectName::new).toList();

        assertThat(store.deleteAll(names))
                .extracting(each -> each.error().map(HoldfastException::code))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(ErrorCode.STORE_PERMISSION),
                        Optional.empty(),
                        Optional.of(ErrorCode.STORE_UNAVAILABLE));
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aBatchThatFailsAsAWholeIsTheErrorOfEachObject() {
        service.answer(Answer.error(503, "SlowDown"));

        assertThat(store.deleteAll(List.of(NAME, new ObjectName("other"))))
                .extracting(each -> each.error().map(HoldfastException::code))
                .containsOnly(Optional.of(ErrorCode.STORE_UNAVAILABLE));
    }

    @Test
    void anotherRegionIsNamed() {
        service.answer(Answer.error(301, "PermanentRedirect").with("x-amz-bucket-region", "eu-central-1"));

        assertFails(ErrorCode.STORE_PLACE_MISSING, "Set the region to 'eu-central-1'", this::put);
    }

    @Test
    void aMetConditionIsARefusalAndNoError() {
        service.answer(Answer.error(412, "PreconditionFailed"));

        assertThat(put()).isEqualTo(PutResult.REFUSED);
    }

    @Test
    void aPageOfAProxyIsNotTakenForAnAnswerOfTheService() {
        service.answer(new Answer(502, "<html><body>Bad gateway</body></html>", Map.of("Content-Type", "text/html")));
        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, "the very same bytes", this::put);
        assertFails(ErrorCode.STORE_UNAVAILABLE, "later", this::get);

        service.answer(new Answer(403, "<html><body>Log in</body></html>", Map.of("Content-Type", "text/html")));
        assertThatThrownBy(this::get).hasMessageContaining("something between here and the service may have answered");

        service.answer(new Answer(200, "<html><body>Log in</body></html>", Map.of("Content-Type", "text/html")));
        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, "the very same bytes", this::put);
        assertFails(ErrorCode.STORE_UNAVAILABLE, "proxy", this::get);
    }

    @Test
    void aBucketThatIsMissingIsNotTakenForAnObjectThatIs() {
        service.answer(Answer.error(404, "NoSuchBucket"));

        assertFails(ErrorCode.STORE_PLACE_MISSING, "Create the bucket", () -> store.stat(NAME));
        assertFails(ErrorCode.STORE_PLACE_MISSING, "Create the bucket", this::get);
        assertFails(
                ErrorCode.STORE_PLACE_MISSING,
                "Create the bucket",
                () -> store.list("").hasNext());
    }

    @Test
    void anAnswerThatBreaksOffIsNoShortObject() {
        service.answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/100");
            exchange.sendResponseHeaders(206, 100);
            exchange.getResponseBody().write(new byte[40]);
        });

        assertThatThrownBy(this::get)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    @Test
    void aWholeObjectIsNotTakenForARangeOfIt() {
        service.answer(new Answer(200, "the whole object", Map.of()));

        assertFails(ErrorCode.STORE_UNSUPPORTED, "ranges", this::get);
    }

    @Test
    void aPutWhoseConnectionBreaksMayHaveTakenEffect() {
        service.answer(exchange -> exchange.close());

        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, "the very same bytes", this::put);
        assertFails(ErrorCode.STORE_UNAVAILABLE, "network", this::get);
    }

    @Test
    void aVersionThatWasWrittenAndNotLookedAtIsOfUnknownOutcomeWhateverRefusedTheLook() {
        try (ScriptedS3 versioned = ScriptedS3.withVersions();
                ObjectStore locked = versioned.store().open()) {
            versioned.answer(exchange -> {
                boolean look = exchange.getRequestMethod().equals("GET");
                Answer answer = look
                        ? Answer.error(503, "SlowDown")
                        : new Answer(200, "", Map.of("ETag", "\"1\"", "x-amz-version-id", "v1"));
                answer.to(exchange);
            });

            assertFails(
                    ErrorCode.STORE_OUTCOME_UNKNOWN,
                    "the very same bytes",
                    () -> locked.put(NAME, ObjectBody.of(new byte[1]), PutOptions.createOnly()));
        }
    }

    @Test
    void aServiceThatDoesNotListenIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        S3ObjectStoreBuilder nobody = S3ObjectStore.builder("bucket")
                .endpoint(URI.create("http://127.0.0.1:" + free))
                .pathStyle()
                .credentials(() -> S3Credentials.of("access", "secret"));

        assertFails(ErrorCode.STORE_UNAVAILABLE, "Check the endpoint", nobody::open);
    }

    @Test
    void rotatedCredentialsHoldFromTheNextRequestOn() {
        String[] key = {"first"};
        service.answer(exchange -> {
            String signed = exchange.getRequestHeaders().getFirst("Authorization");
            Answer answer = signed.contains("Credential=second/")
                    ? new Answer(200, "", Map.of("ETag", "\"1\""))
                    : Answer.error(403, "InvalidAccessKeyId");
            answer.to(exchange);
        });
        try (ObjectStore rotating = service.store()
                .credentials(() -> S3Credentials.of(key[0], "secret"))
                .open()) {
            ObjectBody body = ObjectBody.of(new byte[1]);
            assertFails(
                    ErrorCode.STORE_PERMISSION, "access key", () -> rotating.put(NAME, body, PutOptions.createOnly()));

            key[0] = "second";

            assertThat(rotating.put(NAME, body, PutOptions.createOnly())).isEqualTo(PutResult.WRITTEN);
        }
    }

    @Test
    void whatCannotBeABucketOrAnEndpointIsRefusedAtOnce() {
        assertThatThrownBy(() -> S3ObjectStore.builder("no bucket")).hasMessageContaining("'no bucket'");
        assertThatThrownBy(() -> S3ObjectStore.builder("bucket").endpoint(URI.create("ftp://here")))
                .hasMessageContaining("ftp://here");
        assertThatThrownBy(() -> S3ObjectStore.builder("bucket").prefix("Not/Allowed"))
                .hasMessageContaining("Not/Allowed");
        assertThatThrownBy(() -> new S3Credentials("", "x", Optional.empty())).hasMessageContaining("give both");
    }
}
