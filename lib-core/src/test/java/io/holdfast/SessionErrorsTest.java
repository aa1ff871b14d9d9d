// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.SourceException;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.Snapshot;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.store.InMemoryObjectStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a host hears when a session cannot work as a whole: an error with a code and a remedy, and nothing that is half done. */
final class SessionErrorsTest {
    private final MapConnector notes = new MapConnector("notes");
    private HoldfastRuntime runtime;
    private Repository repository;

    @BeforeEach
    void create() {
        runtime = new SimulatedProcess(5).runtime();
        repository =
                Repository.create(new InMemoryObjectStore(), StoredWorld.key()).on(runtime);
        notes.put("a", "the text of a");
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    @Test
    void aPartGivenTwiceIsRefusedWhileTheSessionIsPutTogether() {
        assertFails(
                ErrorCode.SESSION_CONFIGURATION,
                () -> BackupSession.builder().from(notes).from(notes));
    }

    @Test
    void whatAConnectorRefusesReachesTheHostAndTheNextSessionWorks() {
        SourceException refusal = new SourceException(
                ErrorCode.SOURCE_REFUSED, "source 'notes' refuses client 4711", "Renew the client's secret");

        assertFails(
                ErrorCode.SOURCE_REFUSED,
                () -> backUp(opening(() -> {
                    throw refusal;
                })));

        assertThat(repository.latest(notes.id())).isEmpty();
        assertThat(backUp(notes).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
    }

    @Test
    void aSourceThatCannotBeReachedReachesTheHostAsWell() {
        assertFails(
                ErrorCode.SOURCE_UNAVAILABLE,
                () -> backUp(opening(() -> {
                    throw new SourceException(
                            ErrorCode.SOURCE_UNAVAILABLE, "source 'notes' does not answer", "Check the network");
                })));
    }

    @Test
    void aFailureOfTheWholeSourceBecomesAnErrorWithARemedy() {
        assertFails(
                ErrorCode.SOURCE_REQUEST,
                () -> backUp(opening(() -> {
                    throw failure(FailureCategory.CONNECT);
                })));

        assertThat(backUp(notes).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
    }

    @Test
    void aFeedThatGoesInCirclesIsLeftWithItsReasonInTheReport() {
        ChangePage again = emptyPage(new ChangePage.More(new Cursor("round", "1")));

        BackupReport report = backUp(answering("changes", again));

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.PARTIAL);
        assertThat(report.resources().notCaughtUp().get(MapConnector.NOTES))
                .startsWith(ErrorCode.SOURCE_CONTRACT.id() + ": feed 'all' goes in circles");
    }

    @Test
    void aSourceThatTakesNothingBackIsNoDestination() {
        Snapshot snapshot = backUp(notes).snapshot().orElseThrow();

        assertFails(ErrorCode.TARGET_REFUSED, () -> restore(snapshot, RestoreTargets.source(notes)));
    }

    @Test
    void aDestinationThatFailsAsAWholeIsAnErrorWithARemedy() {
        Snapshot snapshot = backUp(notes).snapshot().orElseThrow();

        assertFails(
                ErrorCode.TARGET_UNAVAILABLE,
                () -> restore(snapshot, (settings, context) -> {
                    throw failure(FailureCategory.PATH_LOSS);
                }));
    }

    private static FailureException failure(FailureCategory category) {
        return new FailureException(Failure.of(category, "47"), "the service hung up", null);
    }

    private BackupReport backUp(SourceConnector source) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    private RestoreReport restore(Snapshot snapshot, RestoreDestination where) {
        return RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(snapshot)
                .to(where)
                .build()
                .run();
    }

    /** Holds the form of all errors: code, what happened on one line, what to do in the imperative. */
    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HoldfastException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.toString()).startsWith(code.id() + ": ").hasLineCount(1);
            assertThat(e.remedy()).matches("[A-Z][a-z]+ .*[^.]");
        });
    }

    private SourceConnector opening(Supplier<Source> open) {
        return new Connector(notes.id(), context -> open.get());
    }

    /** The source of notes, but for one call. */
    private SourceConnector answering(String method, Object answer) {
        return new Connector(notes.id(), context -> {
            Source source = notes.open(context);
            InvocationHandler handler = (proxy, called, arguments) ->
                    called.getName().equals(method) ? answer : called.invoke(source, arguments);
            return (Source)
                    Proxy.newProxyInstance(Source.class.getClassLoader(), new Class<?>[] {Source.class}, handler);
        });
    }

    private interface Opening {
        Source open(SourceContext context);
    }

    private record Connector(SourceId id, Opening opening) implements SourceConnector {
        @Override
        public TenantId tenant() {
            return new TenantId("local");
        }

        @Override
        public Source open(SourceContext context) {
            return opening.open(context);
        }
    }

    /** A page that names nothing. */
    private static ChangePage emptyPage(ChangePage.End end) {
        InvocationHandler handler =
                (proxy, called, arguments) -> called.getName().equals("end") ? end : null;
        return (ChangePage)
                Proxy.newProxyInstance(ChangePage.class.getClassLoader(), new Class<?>[] {ChangePage.class}, handler);
    }
}
