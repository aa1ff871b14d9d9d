// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.RestoreTarget.Placement;
import io.holdfast.source.SourceItem;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The way back: each item once, however often it is put, and nothing else touched. */
abstract class SourceRestoringRules extends SourceRules {
    private static final byte[] OLD = noise(500, 21);
    private static final byte[] NEW = noise(501, 22);

    SourceRestoringRules(Given given) {
        super(given);
    }

    /** A part as a repository gives it back. */
    private record KeptPart(String name, Form form, byte[] bytes) implements Part {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public Optional<byte[]> sha256() {
            return Optional.of(InMemoryItem.sha256().digest(bytes));
        }

        @Override
        public Resume resume() {
            return Resume.RANGE;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }

    private static RestoreSettings settings(Conflict conflict, Optional<String> folder) {
        return new RestoreSettings("restore-" + conflict, folder, Optional.empty(), conflict);
    }

    private static RestoreSettings settings(Conflict conflict) {
        return settings(conflict, Optional.empty());
    }

    private Optional<RestoreTarget> target(RestoreSettings settings) {
        return anotherSession().restoreTarget(settings);
    }

    /** Whether there is no way back to be tested; then the source must say so itself. */
    private boolean takesNothingBack() {
        boolean present = target(settings(Conflict.SKIP))
                .map(target -> {
                    target.close();
                    return true;
                })
                .orElse(false);
        assertThat(present).as("whether it has a restore target").isEqualTo(given.restores());
        return !present;
    }

    /** An item and the containers that it lies in, outermost first, as a repository keeps them. */
    private List<RestoreItem> keep(ItemKey key) {
        SourceReading reading = read(source());
        ArrayDeque<SourceItem> chain = new ArrayDeque<>();
        for (Optional<ItemKey> at = Optional.of(key); at.isPresent(); ) {
            SourceItem item = reading.item(at.get());
            chain.addFirst(item);
            at = item.containers().stream().findFirst();
        }
        List<RestoreItem> kept = new ArrayList<>();
        List<String> path = new ArrayList<>();
        for (SourceItem item : chain) {
            List<Part> parts = item.key().equals(key) ? parts(reading, key) : List.of();
            kept.add(new RestoreItem(fixture().resource(), item, path, tag(item.key()), parts));
            path.add(item.name());
        }
        return kept;
    }

    private List<Part> parts(SourceReading reading, ItemKey key) {
        Got got = fetch(ref(reading, key));
        List<Part> parts = new ArrayList<>();
        for (Part part : ((Fetched.Found) got.fetched()).parts()) {
            parts.add(new KeptPart(
                    part.name(), part.form(), Objects.requireNonNull(got.bytes().get(part.name()))));
        }
        return parts;
    }

    private static String tag(ItemKey key) {
        byte[] text = key.value().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(InMemoryItem.sha256().digest(text), 0, 16);
    }

    /** Puts an item behind its containers, and gives back what happened to it. */
    private static Placement put(RestoreTarget target, List<RestoreItem> kept) {
        Placement last = Placement.SKIPPED;
        for (RestoreItem item : kept) {
            last = target.put(item);
        }
        return last;
    }

    private Placement restore(RestoreSettings settings, List<RestoreItem> kept) {
        try (RestoreTarget target = target(settings).orElseThrow()) {
            Placement placement = put(target, kept);
            target.finish();
            return placement;
        }
    }

    @Test
    void declaresWhetherItTakesItemsBack() throws Exception {
        ItemKey key = fixture().create("note", OLD);
        SourceItem item = read(source()).item(key);

        assertThat(source().kinds().stream()
                        .filter(KindCapability::restores)
                        .anyMatch(each -> each.kind().equals(item.kind())))
                .isEqualTo(given.restores());
        assertThat(takesNothingBack()).isEqualTo(!given.restores());
    }

    @Test
    void describesThePlaceThatItRestoresTo() {
        if (takesNothingBack()) {
            return;
        }
        try (RestoreTarget target = target(settings(Conflict.SKIP)).orElseThrow()) {
            assertThat(target.describe()).isNotBlank();
        }
    }

    @Test
    void changesNothingBeforeTheFirstPut() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        fixture().create("note", OLD);
        Set<ItemKey> before = read(source()).named();

        target(settings(Conflict.REPLACE, Optional.of("restored")))
                .orElseThrow()
                .close();

        assertThat(read(anotherSession()).named()).isEqualTo(before);
    }

    @Test
    void putsBackWhatWasDeleted() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        ItemKey key = fixture().create("note", OLD);
        List<RestoreItem> kept = keep(key);
        fixture().delete(key);

        assertThat(restore(settings(Conflict.SKIP), kept)).isEqualTo(Placement.RESTORED);

        assertThat(countOf(OLD)).isEqualTo(1);
    }

    @Test
    void givesAnItemItsNameBack() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        ItemKey key = fixture().create("note", OLD);
        List<RestoreItem> kept = keep(key);
        String name = read(source()).item(key).name();
        fixture().delete(key);

        restore(settings(Conflict.SKIP), kept);

        assertThat(read(anotherSession()).items().values())
                .extracting(SourceItem::name)
                .contains(name);
    }

    @Test
    void putsNothingTwiceWhenItRunsAgain() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        ItemKey key = fixture().create("note", OLD);
        List<RestoreItem> kept = keep(key);
        fixture().delete(key);
        restore(settings(Conflict.SKIP), kept);

        assertThat(restore(settings(Conflict.SKIP), kept)).isEqualTo(Placement.ALREADY_THERE);

        assertThat(countOf(OLD)).isEqualTo(1);
    }

    @Test
    void goesOnAfterACrash() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        List<RestoreItem> first = keep(fixture().create("note-1", OLD));
        List<RestoreItem> second = keep(fixture().create("note-2", NEW));
        fixture().delete(first.get(first.size() - 1).item().key());
        fixture().delete(second.get(second.size() - 1).item().key());
        put(target(settings(Conflict.KEEP_BOTH)).orElseThrow(), first);

        Placement again = restore(settings(Conflict.KEEP_BOTH), first);
        Placement rest = restore(settings(Conflict.KEEP_BOTH), second);

        assertThat(again).isNotEqualTo(Placement.SKIPPED);
        assertThat(rest).isEqualTo(Placement.RESTORED);
        assertThat(countOf(OLD)).isEqualTo(1);
        assertThat(countOf(NEW)).isEqualTo(1);
    }

    /** An item as it was, where another version of it stands now. */
    private List<RestoreItem> inTheWay() throws Exception {
        ItemKey key = fixture().create("note", OLD);
        List<RestoreItem> kept = keep(key);
        fixture().change(key, NEW);
        return kept;
    }

    @Test
    void leavesWhatIsInTheWay() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        assertThat(restore(settings(Conflict.SKIP), inTheWay())).isEqualTo(Placement.SKIPPED);

        assertThat(countOf(NEW)).isEqualTo(1);
        assertThat(countOf(OLD)).isZero();
    }

    @Test
    void writesOverWhatIsInTheWayIfItIsToldTo() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        assertThat(restore(settings(Conflict.REPLACE), inTheWay())).isEqualTo(Placement.RESTORED);

        assertThat(countOf(OLD)).isEqualTo(1);
        assertThat(countOf(NEW)).isZero();
    }

    @Test
    void putsBesideWhatIsInTheWayIfItIsToldTo() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        List<RestoreItem> kept = inTheWay();

        assertThat(restore(settings(Conflict.KEEP_BOTH), kept)).isEqualTo(Placement.RESTORED);
        assertThat(countOf(OLD)).isEqualTo(1);
        assertThat(countOf(NEW)).isEqualTo(1);

        assertThat(restore(settings(Conflict.KEEP_BOTH), kept)).isEqualTo(Placement.ALREADY_THERE);
        assertThat(countOf(OLD)).isEqualTo(1);
    }

    @Test
    void touchesNoOtherItem() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        List<ItemKey> others = create(3);
        SourceReading before = read(source());

        restore(settings(Conflict.REPLACE), inTheWay());

        SourceReading after = read(anotherSession());
        for (int i = 0; i < others.size(); i++) {
            assertThat(after.item(others.get(i)).tags())
                    .isEqualTo(before.item(others.get(i)).tags());
            assertHolds(fetch(ref(after, others.get(i))), contentOf(i));
        }
    }

    @Test
    void putsIntoTheFolderThatIsAsked() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        ItemKey key = fixture().create("note", OLD);
        List<RestoreItem> kept = keep(key);
        fixture().change(key, NEW);

        Placement placement = restore(settings(Conflict.SKIP, Optional.of("restored")), kept);

        assertThat(placement).isEqualTo(Placement.RESTORED);
        assertThat(countOf(OLD)).isEqualTo(1);
        assertHolds(fetch(ref(read(anotherSession()), key)), NEW);
        assertThat(read(anotherSession()).items().values())
                .filteredOn(item -> item.kind().container())
                .extracting(SourceItem::name)
                .contains("restored");
    }

    @Test
    void takesItemsFromSeveralThreads() throws Exception {
        if (takesNothingBack()) {
            return;
        }
        List<List<RestoreItem>> kept = new ArrayList<>();
        for (ItemKey key : create(4)) {
            kept.add(keep(key));
            fixture().delete(key);
        }
        try (RestoreTarget target = target(settings(Conflict.SKIP)).orElseThrow()) {
            List<RestoreItem> any = kept.get(0);
            put(target, any.subList(0, any.size() - 1));

            List<Placement> placements = StoreRules.together(4, i -> () -> {
                List<RestoreItem> mine = kept.get(i);
                return target.put(mine.get(mine.size() - 1));
            });
            target.finish();

            assertThat(placements).containsOnly(Placement.RESTORED);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(countOf(contentOf(i))).isEqualTo(1);
        }
    }
}
