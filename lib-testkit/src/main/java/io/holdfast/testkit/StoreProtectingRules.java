// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Retention and holds: what is protected stays; a store without them says so. */
abstract class StoreProtectingRules extends StoreRules {
    /** Short, since a store with a clock of its own makes the test wait for it. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration LATER = Duration.ofSeconds(6);

    StoreProtectingRules(Fixture fixture) {
        super(fixture);
    }

    private boolean lacksRetention() {
        if (store().capabilities().retention()) {
            return false;
        }
        assertUnsupported(() -> putProtected("kept", Protection.until(in(SOON))));
        assertHasNothingUnder("kept");
        put("plain", text("x"));
        assertUnsupported(() -> store().protect(name("plain"), Protection.until(in(SOON))));
        return true;
    }

    private boolean lacksHolds() {
        if (store().capabilities().legalHold()) {
            return false;
        }
        put("plain", text("x"));
        assertUnsupported(() -> store().protect(name("plain"), new Protection(Optional.empty(), true)));
        assertThat(store().delete(name("plain"))).isEqualTo(DeleteResult.DELETED);
        return true;
    }

    private Instant in(Duration time) {
        return time().now().plus(time);
    }

    private PutResult putProtected(String name, Protection protection) {
        return store().put(name(name), ObjectBody.of(text("kept")), new PutOptions(PutMode.overwrite(), protection));
    }

    private Protection protectionOf(String name) {
        return store().stat(name(name)).orElseThrow().protection();
    }

    @Test
    void protectsFromTheFirstMoment() {
        if (lacksRetention()) {
            return;
        }
        Instant until = in(SOON);

        putProtected("kept", Protection.until(until));

        assertThat(protectionOf("kept").retainUntil())
                .hasValueSatisfying(date -> assertThat(date).isBetween(until, until.plusSeconds(1)));
        assertThat(store().delete(name("kept"))).isEqualTo(DeleteResult.RETAINED);
        assertThat(read("kept")).isEqualTo(text("kept"));
    }

    @Test
    void deletesOfSeveralWhatIsNotProtected() {
        if (lacksRetention()) {
            return;
        }
        put("left", text("x"));
        putProtected("kept", Protection.until(in(SOON)));
        put("right", text("x"));

        assertThat(store().deleteAll(List.of(name("left"), name("kept"), name("right"))))
                .containsExactly(
                        Deletion.of(name("left"), DeleteResult.DELETED),
                        Deletion.of(name("kept"), DeleteResult.RETAINED),
                        Deletion.of(name("right"), DeleteResult.DELETED));
        assertThat(list("")).containsExactly("kept");
    }

    @Test
    void protectsWhatIsCreated() {
        if (lacksRetention() || !store().capabilities().conditionalCreate()) {
            return;
        }
        PutOptions options = new PutOptions(PutMode.createOnly(), Protection.until(in(SOON)));

        store().put(name("kept"), ObjectBody.of(text("kept")), options);

        assertThat(store().delete(name("kept"))).isEqualTo(DeleteResult.RETAINED);
        assertThat(store().put(name("kept"), ObjectBody.of(text("other")), options))
                .isEqualTo(PutResult.REFUSED);
        assertThat(read("kept")).isEqualTo(text("kept"));
    }

    @Test
    void refusesToOverwriteWhatIsProtected() {
        if (lacksRetention()) {
            return;
        }
        putProtected("kept", Protection.until(in(SOON)));

        assertFails(ErrorCode.STORE_RETAINED, () -> put("kept", text("other")));
        assertThat(read("kept")).isEqualTo(text("kept"));
    }

    @Test
    void keepsItsProtectionThroughAnotherHandle() throws Exception {
        if (lacksRetention()) {
            return;
        }
        putProtected("kept", Protection.until(in(SOON)));

        try (ObjectStore other = openAgain()) {
            assertThat(other.delete(name("kept"))).isEqualTo(DeleteResult.RETAINED);
        }
    }

    @Test
    void keepsItsProtectionWhenItIsRead() {
        if (lacksRetention()) {
            return;
        }
        putProtected("kept", Protection.until(in(SOON)));
        Protection before = protectionOf("kept");

        read("kept");
        list("");

        assertThat(protectionOf("kept")).isEqualTo(before);
    }

    @Test
    void deletesWhenTheProtectionHasEnded() throws Exception {
        if (lacksRetention()) {
            return;
        }
        putProtected("kept", Protection.until(in(SOON)));

        time().sleep(SOON.plusSeconds(2));

        assertThat(store().delete(name("kept"))).isEqualTo(DeleteResult.DELETED);
        assertHasNothingUnder("kept");
    }

    @Test
    void protectsLater() {
        if (lacksRetention()) {
            return;
        }
        put("plain", text("plain"));
        assertThat(protectionOf("plain")).isEqualTo(Protection.none());

        store().protect(name("plain"), Protection.until(in(SOON)));

        assertThat(store().delete(name("plain"))).isEqualTo(DeleteResult.RETAINED);
        assertThat(read("plain")).isEqualTo(text("plain"));
    }

    @Test
    void extendsAndNeverShortens() throws Exception {
        if (lacksRetention()) {
            return;
        }
        putProtected("kept", Protection.until(in(SOON)));
        Instant later = in(LATER);

        store().protect(name("kept"), Protection.until(later));
        store().protect(name("kept"), Protection.until(in(SOON)));

        assertThat(protectionOf("kept").retainUntil().orElseThrow()).isAfterOrEqualTo(later);
        time().sleep(SOON.plusSeconds(1));
        assertThat(store().delete(name("kept"))).isEqualTo(DeleteResult.RETAINED);
    }

    @Test
    void protectsNothingThatIsMissing() {
        if (lacksRetention()) {
            return;
        }
        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> store().protect(name("missing"), Protection.until(in(SOON))));
        assertHasNothingUnder("missing");
    }

    @Test
    void protectsOneObjectOnly() {
        if (lacksRetention()) {
            return;
        }
        putProtected("kept/1", Protection.until(in(SOON)));
        put("kept/2", text("x"));

        assertThat(store().delete(name("kept/2"))).isEqualTo(DeleteResult.DELETED);
        assertThat(store().delete(name("kept/1"))).isEqualTo(DeleteResult.RETAINED);
    }

    @Test
    void holdsWithoutEnd() throws Exception {
        if (lacksHolds()) {
            return;
        }
        put("held", text("held"));

        store().protect(name("held"), new Protection(Optional.empty(), true));
        time().sleep(SOON);

        assertThat(protectionOf("held").hold()).isTrue();
        assertThat(store().delete(name("held"))).isEqualTo(DeleteResult.RETAINED);
        assertThat(read("held")).isEqualTo(text("held"));
    }

    @Test
    void leavesAHoldWhenADateIsSet() {
        if (lacksHolds() || lacksRetention()) {
            return;
        }
        put("held", text("held"));
        store().protect(name("held"), new Protection(Optional.empty(), true));

        store().protect(name("held"), Protection.until(in(SOON)));

        assertThat(protectionOf("held").hold()).isTrue();
    }
}
