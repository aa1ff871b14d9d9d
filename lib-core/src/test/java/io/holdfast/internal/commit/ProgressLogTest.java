// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import io.holdfast.internal.format.ProgressRecord;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.PutOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
    private final World world = World.conditional();
    private World.Session session;

    @BeforeEach
    void create() {
        world.create();
        session = world.session(1);
    }

    private String write(Head head, long epoch, long number) {
        return session.progress.write(new ProgressRecord(
                head.base(),
                epoch,
                number,
                session.log.lineage(),
                0,
                List.of(),
                new byte[] {(byte) number},
                List.of(),
                world.time.now(),
                world.time.now()));
    }

    private String newest(Head head) {
        return session.progress.newest(head).map(ProgressLog.Stored::name).orElse("none");
    }

    @Test
    void theHighestEpochThenTheHighestNumberWins() {
        Head head = session.log.head();
        write(head, 1, 9);
        String winner = write(head, 2, 2);
        write(head, 2, 1);

        assertThat(newest(head)).isEqualTo(winner);
        assertThat(session.progress.nextNumber(head, 2)).isEqualTo(3);
        assertThat(session.progress.nextNumber(head, 3)).isEqualTo(1);
    }

    @Test
    void progressIsValidOnlyOnTheNewestRecord() {
        Head before = session.log.head();
        write(before, 1, 1);

        session.commit("a");

        assertThat(newest(session.log.head())).isEqualTo("none");
    }

    @Test
    void aDamagedRecordIsPassedOver() {
        Head head = session.log.head();
        String good = write(head, 1, 1);
        String bad = write(head, 1, 2);
        world.store.put(new ObjectName(bad), ObjectBody.of(new byte[100]), PutOptions.overwrite());

        assertThat(newest(head)).isEqualTo(good);
    }

    @Test
    void aRecordCopiedToAHigherEpochIsPassedOver() {
        Head head = session.log.head();
        String old = write(head, 1, 1);
        String newer = write(head, 1, 2);
        byte[] bytes = StoredBytes.read(world.store, new ObjectName(old), 1 << 20);
        String forged = newer.replace(
                ObjectNames.digits(1) + "/" + ObjectNames.digits(2),
                ObjectNames.digits(9) + "/" + ObjectNames.digits(1));
        world.store.put(new ObjectName(forged), ObjectBody.of(bytes), PutOptions.overwrite());

        assertThat(newest(head)).isEqualTo(newer);
    }

    @Test
    void aTakenNumberIsAnotherWriters() {
        Head head = session.log.head();
        write(head, 1, 1);

        assertCode(ErrorCode.COMMIT_LOST, () -> write(head, 1, 1));
    }

    @Test
    void cleaningUpNeverFailsASessionThatHasCommitted() {
        Head head = session.log.head();
        write(head, 1, 1);
        HookedStore broken = new HookedStore(world.store, call -> {
            if (call.operation().equals("delete")) {
                throw new io.holdfast.error.StoreException(ErrorCode.STORE_PERMISSION, "no", "");
            }
        });
        session.commit("a");

        world.session(2, broken, Witness.none()).progress.clean(1);
        assertThat(world.names("progress/")).hasSize(1);
        session.progress.clean(1);
        assertThat(world.names("progress/")).isEmpty();
    }
}
