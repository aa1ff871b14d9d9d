// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open scripted source. */
final class ScriptedSession implements Source {
    private static final Duration THROTTLED_FOR = Duration.ofSeconds(20);

    private final ScriptedTenant tenant;
    private final SourceScript script;
    private final ScriptedCalls calls;
    private final int pageSize;
    private final int batchSize;

    ScriptedSession(ScriptedTenant tenant, SourceScript script, ScriptedCalls calls, int pageSize, int batchSize) {
        this.tenant = tenant;
        this.script = script;
        this.calls = calls;
        this.pageSize = pageSize;
        this.batchSize = batchSize;
    }

    /** What can happen to any call. */
    private void begin(String operation) {
        script.call();
        calls.count(operation);
        if (script.strikes(SourceFault.CREDENTIAL_REJECTED, operation)) {
            throw failure(FailureCategory.CREDENTIAL_REJECTED, operation);
        }
        if (script.strikes(SourceFault.BUG, operation)) {
            throw new IllegalStateException("a mistake in the connector, at " + operation);
        }
        if (script.strikes(SourceFault.THROTTLE, operation)) {
            Failure throttled = new Failure(FailureCategory.THROTTLED, "429", Optional.of(THROTTLED_FOR));
            throw new FailureException(throttled, operation + " is throttled", null);
        }
        if (script.strikes(SourceFault.TRANSIENT, operation)) {
            throw failure(FailureCategory.TRANSIENT, operation);
        }
    }

    static FailureException failure(FailureCategory category, String what) {
        return new FailureException(Failure.of(category, "scripted"), what + " fails by the script", null);
    }

    @Override
    public Pull<Resource> discover() {
        begin("discover");
        return Pull.of(tenant.resources());
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        begin("feeds");
        return tenant.feeds(resource.id().value());
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        begin("changes");
        String feedId = feed.id().value();
        String cursor = from.map(Cursor::value).orElse("");
        if (from.isPresent() && !from.get().fingerprint().equals(feed.fingerprint())) {
            throw new SourceException(
                    ErrorCode.SOURCE_CONTRACT,
                    "feed '" + feedId + "' was given a cursor of another meaning",
                    "Compare fingerprints before you use a stored cursor");
        }
        if (script.strikes(SourceFault.RESET, feedId)) {
            return new ScriptedChanges(List.of(), new ChangePage.Reset(), -1);
        }
        ScriptedPage page = tenant.page(resource.id(), feed.id(), cursor, pageSize);
        List<ScriptedChanges.Told> told = new ScriptedTelling(tenant, script, resource.id()).tell(page, feedId);
        boolean loops = page.ending() == ScriptedPage.Ending.MORE && script.strikes(SourceFault.LOOP, feedId);
        ScriptedPage.Ending ending = page.ending();
        Cursor next = new Cursor(loops ? cursor : page.next(), feed.fingerprint());
        int breaksAt = script.strikes(SourceFault.BREAK_PAGE, feedId) ? script.draw(told.size() + 1) : -1;
        return new ScriptedChanges(told, end(ending, next), breaksAt);
    }

    private static ChangePage.End end(ScriptedPage.Ending ending, Cursor next) {
        switch (ending) {
            case MORE:
                return new ChangePage.More(next);
            case RESET:
                return new ChangePage.Reset();
            default:
                return new ChangePage.CaughtUp(next, ending == ScriptedPage.Ending.CAUGHT_UP_COMPLETE);
        }
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        begin("lookup");
        if (items.size() > batchSize) {
            throw new IllegalArgumentException(items.size() + " items in a lookup; allowed are " + batchSize);
        }
        List<Lookup> answers = new ArrayList<>();
        for (ItemRef ref : items) {
            String key = ref.key().value();
            if (script.strikes(SourceFault.LOOKUP_UNANSWERED, key)) {
                continue;
            }
            if (script.strikes(SourceFault.LOOKUP_UNKNOWN, key)) {
                answers.add(new Lookup.Unknown(ref.key(), new Trouble("timeout", "scripted", false)));
                continue;
            }
            answers.add(tenant.find(resource, ref.key())
                    .<Lookup>map(placed -> new Lookup.Present(placed.item().toSource(), placed.feed()))
                    .orElseGet(() -> new Lookup.Absent(ref.key())));
        }
        return answers;
    }

    @Override
    public int maxLookupBatch() {
        return batchSize;
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        begin("fetch");
        if (items.size() > batchSize) {
            throw new IllegalArgumentException(items.size() + " items in a fetch; allowed are " + batchSize);
        }
        List<Fetched> answers = new ArrayList<>();
        for (ItemRef ref : items) {
            calls.fetched(ref.key().value());
            answer(resource, ref).ifPresent(answers::add);
        }
        return Pull.of(answers);
    }

    private Optional<Fetched> answer(ResourceId resource, ItemRef ref) {
        String key = ref.key().value();
        if (script.strikes(SourceFault.UNANSWERED, key)) {
            return Optional.empty();
        }
        if (script.strikes(SourceFault.BROKEN, key)) {
            return Optional.of(new Fetched.Broken(ref, Failure.of(FailureCategory.TRANSIENT, "scripted")));
        }
        if (script.strikes(SourceFault.REFUSE, key)) {
            return Optional.of(new Fetched.Refused(ref, new Trouble("locked", "scripted", false)));
        }
        if (script.strikes(SourceFault.POISON, key)) {
            return Optional.of(new Fetched.Refused(ref, new Trouble("malware", "scripted", true)));
        }
        if (script.strikes(SourceFault.VANISH, key)
                && tenant.find(resource, ref.key()).isPresent()) {
            tenant.remove(resource.value(), key);
        }
        Optional<ScriptedTenant.Placed> placed = tenant.find(resource, ref.key());
        if (placed.isEmpty()) {
            return Optional.of(new Fetched.Gone(ref));
        }
        ScriptedItem item = placed.get().item();
        return Optional.of(new Fetched.Found(ref, item.toSource(), contents(script, item)));
    }

    static List<Part> contents(SourceScript script, ScriptedItem item) {
        List<Part> parts = new ArrayList<>();
        for (ScriptedPart part : item.parts()) {
            parts.add(new ScriptedContent(script, item.key().value() + "/" + part.name(), part));
        }
        return parts;
    }

    @Override
    public int maxFetchBatch() {
        return batchSize;
    }

    @Override
    public List<KindCapability> kinds() {
        return List.of(
                new KindCapability(ItemKind.leaf("file"), true, false, "scripted", ""),
                new KindCapability(ItemKind.container("folder"), true, false, "scripted", ""));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
