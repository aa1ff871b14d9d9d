// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.internal.pipeline.RestoreEngine;
import io.holdfast.internal.pipeline.RestorePlan;
import io.holdfast.internal.pipeline.StopSwitch;
import io.holdfast.model.ByteSize;
import io.holdfast.observe.SessionListener;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreSettings.Permissions;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.SourceContext;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run that brings items of a snapshot back: to where they were, to another owner or source, or into a folder.
 *
 * <p>Runs once. It never overwrites without being told to, never deletes, sends nothing to anybody, and can be run again after a crash: what
 * it created before is recognised. Contents are checked against their hashes while they are read; wrong bytes are never handed out.
 */
public final class RestoreSession {
    /** Of more items than this it is cheaper to read the manifest from end to end. */
    private static final int MOST_LOOKED_UP = 100;

    /** Without what a file system or a drive refuses in a name. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Repository repository;
    private final Snapshot snapshot;
    private final Selection selection;
    private final RestoreDestination destination;
    private final RestoreSettings settings;
    private final boolean dryRun;
    private final RetryPolicy policy;
    private final SessionListener listener;
    private final Consumer<RestoredItem> items;
    private final @Nullable HoldfastRuntime runtime;
    private final StopSwitch stop = new StopSwitch();
    private final AtomicBoolean begun = new AtomicBoolean();

    private RestoreSession(Builder builder) {
        this.repository = BackupSession.required(builder.repository, "from", "the repository");
        this.snapshot = BackupSession.required(builder.snapshot, "snapshot", "the snapshot");
        this.destination = BackupSession.required(builder.destination, "to", "the destination");
        this.selection = builder.selection;
        this.dryRun = builder.dryRun;
        this.policy = builder.policy;
        this.listener = builder.listener;
        this.items = builder.items;
        this.runtime = builder.runtime;
        this.settings = builder.settings(snapshot);
    }

    /**
     * Starts putting a restore together.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs the restore.
     *
     * @return what it did; troubles of items are reported there
     * @throws io.holdfast.error.HoldfastException if the repository, its store or the destination fails as a whole
     */
    public RestoreReport run() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("a restore runs once; build another one");
        }
        HoldfastRuntime given = runtime;
        if (given != null) {
            return run(given);
        }
        try (HoldfastRuntime own = Holdfast.runtime().build()) {
            return run(own);
        }
    }

    /**
     * The folder of the target that everything goes into.
     *
     * @return its name or path, or empty if everything goes where it was
     */
    public Optional<String> intoFolder() {
        return settings.intoFolder();
    }

    /** Asks the restore for an orderly end; the same restore, run again, goes on. */
    public void stop() {
        stop.set();
    }

    private RestoreReport run(HoldfastRuntime on) {
        RestoreTally tally = new RestoreTally(items);
        RestorePlan plan = new RestorePlan(
                repository.engine(),
                snapshot,
                selection::covers,
                item -> selects(selection, item),
                selection.items().size() <= MOST_LOOKED_UP ? selection.items() : Set.of(),
                settings,
                dryRun,
                policy,
                on,
                listener,
                tally::take);
        // Of its own, beside the runtime's: a restore does not wait for backups to end.
        SourceContext context = new SourceContext(
                on, new MemoryBudget(ByteSize.bytes(Math.max(1, on.memory().totalBytes() / 8))));
        try (RestoreTarget target = destination.open(settings, context, repository.resources(snapshot))) {
            RestoreEngine.Ended ended = new RestoreEngine(plan, target, stop).run();
            return tally.report(ended, settings.restoreId());
        } catch (FailureException e) {
            throw new TargetException(
                    ErrorCode.TARGET_UNAVAILABLE,
                    "the destination failed as a whole: " + e.failure().category() + ": " + e.getMessage(),
                    "Run the same restore again later; it goes on where it was",
                    e);
        }
    }

    private static boolean selects(Selection selection, StoredItem item) {
        boolean keyed = selection.items().isEmpty()
                || selection.items().contains(item.entry().key());
        return keyed
                && selection
                        .path()
                        .map(prefix -> isUnder(String.join("/", item.path()), prefix))
                        .orElse(true);
    }

    private static boolean isUnder(String path, String prefix) {
        String wanted = prefix.startsWith("/") ? prefix.substring(1) : prefix;
        String cut = wanted.endsWith("/") ? wanted.substring(0, wanted.length() - 1) : wanted;
        return cut.isEmpty() || path.equals(cut) || path.startsWith(cut + "/");
    }

    /** Puts a restore together; for one thread. Each part is given once. */
    public static final class Builder {
        private @Nullable Repository repository;
        private @Nullable Snapshot snapshot;
        private @Nullable RestoreDestination destination;
        private @Nullable HoldfastRuntime runtime;
        private Selection selection = Selection.all();
        private Conflict conflict = Conflict.SKIP;
        private Permissions permissions = Permissions.KEEP;
        private Optional<String> intoFolder = Optional.empty();
        private boolean ownFolder;
        private Optional<String> toOwner = Optional.empty();
        private String target = "";
        private String again = "";
        private boolean dryRun;
        private RetryPolicy policy = RetryPolicy.defaults();
        private SessionListener listener = SessionListener.none();
        private Consumer<RestoredItem> items = item -> {};

        private Builder() {}

        /**
         * Sets the runtime; without one the restore makes its own and closes it.
         *
         * @param shared the runtime, which stays the caller's to close
         * @return this builder
         */
        public Builder on(HoldfastRuntime shared) {
            this.runtime = BackupSession.Builder.once(runtime, shared, "on");
            return this;
        }

        /**
         * Sets the repository.
         *
         * @param open an open repository, which stays the caller's to close
         * @return this builder
         */
        public Builder from(Repository open) {
            this.repository = BackupSession.Builder.once(repository, open, "from");
            return this;
        }

        /**
         * Sets the snapshot.
         *
         * @param which a snapshot of the repository
         * @return this builder
         */
        public Builder snapshot(Snapshot which) {
            this.snapshot = BackupSession.Builder.once(snapshot, which, "snapshot");
            return this;
        }

        /**
         * Sets what is restored; everything by default.
         *
         * @param what criteria for resources and items; the containers of a selected item come along
         * @return this builder
         */
        public Builder selecting(Selection what) {
            this.selection = Objects.requireNonNull(what);
            return this;
        }

        /**
         * Sets where it goes.
         *
         * @param where see {@link RestoreTargets}
         * @return this builder
         */
        public Builder to(RestoreDestination where) {
            this.destination = BackupSession.Builder.once(destination, where, "to");
            return this;
        }

        /**
         * Names the place, so that restores of the same items to two places are two restores.
         *
         * @param name such as a path or a source's name
         * @return this builder
         */
        public Builder targetName(String name) {
            this.target = Objects.requireNonNull(name);
            return this;
        }

        /**
         * Sets what to do where something stands in the way; it is left by default.
         *
         * @param policyOfConflict what to do
         * @return this builder
         */
        public Builder onConflict(Conflict policyOfConflict) {
            this.conflict = Objects.requireNonNull(policyOfConflict);
            return this;
        }

        /**
         * Sets what becomes of permissions; within the tenant that they come from they are kept by default.
         *
         * @param what what becomes of them
         * @return this builder
         */
        public Builder permissions(Permissions what) {
            this.permissions = Objects.requireNonNull(what);
            return this;
        }

        /**
         * Sets the folder of the target that everything goes into; without one everything goes where it was.
         *
         * @param folder its name or path
         * @return this builder
         */
        public Builder intoFolder(String folder) {
            this.intoFolder = Optional.of(folder);
            this.ownFolder = false;
            return this;
        }

        /**
         * Lets everything go into a folder of this restore's own, where nothing stands in its way: "Restored", the time of the snapshot in UTC, and eight
         * digits that no other restore has.
         *
         * @return this builder
         */
        public Builder intoOwnFolder() {
            this.intoFolder = Optional.empty();
            this.ownFolder = true;
            return this;
        }

        /**
         * Sets another owner than the one backed up.
         *
         * @param owner such as a user's principal name
         * @return this builder
         */
        public Builder toOwner(String owner) {
            this.toOwner = Optional.of(owner);
            return this;
        }

        /**
         * Makes it another restore than the one before with the same parts, which would be continued otherwise.
         *
         * @param distinction anything that differs from earlier ones, such as the time
         * @return this builder
         */
        public Builder again(String distinction) {
            this.again = Objects.requireNonNull(distinction);
            return this;
        }

        /**
         * Only tells what would be restored.
         *
         * @return this builder
         */
        public Builder dryRun() {
            this.dryRun = true;
            return this;
        }

        /**
         * Sets how failed operations on the target are tried again.
         *
         * @param retryPolicy the policy
         * @return this builder
         */
        public Builder retrying(RetryPolicy retryPolicy) {
            this.policy = Objects.requireNonNull(retryPolicy);
            return this;
        }

        /**
         * Sets who hears of events.
         *
         * @param sessionListener the listener
         * @return this builder
         */
        public Builder listener(SessionListener sessionListener) {
            this.listener = Objects.requireNonNull(sessionListener);
            return this;
        }

        /**
         * Sets who hears of each item, one at a time.
         *
         * @param consumer takes each item with its outcome
         * @return this builder
         */
        public Builder onItem(Consumer<RestoredItem> consumer) {
            this.items = Objects.requireNonNull(consumer);
            return this;
        }

        /**
         * Builds the restore; nothing is sent before it runs.
         *
         * @return a restore that runs once
         * @throws IllegalArgumentException if repository, snapshot or destination is missing
         */
        public RestoreSession build() {
            return new RestoreSession(this);
        }

        private RestoreSettings settings(Snapshot of) {
            String id = restoreId(of);
            Optional<String> folder = ownFolder
                    ? Optional.of("Restored " + TIME.format(of.committed()) + " " + id.substring(0, 8))
                    : intoFolder;
            return new RestoreSettings(id, folder, toOwner, conflict, permissions);
        }

        private String restoreId(Snapshot of) {
            String parts = String.join(
                    "\n",
                    of.witness(),
                    selection.canonical(),
                    target,
                    ownFolder ? "own folder" : intoFolder.toString(),
                    toOwner.toString(),
                    again);
            return RestoreEngine.idOf(parts.getBytes(StandardCharsets.UTF_8));
        }
    }
}
