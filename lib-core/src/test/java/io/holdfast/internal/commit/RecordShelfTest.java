// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static io.holdfast.internal.commit.CreationAndOpeningTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.format.SnapshotRecordCodec;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.PutOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordShelfTest {
    private final World world = World.conditional();

    /** Only who holds the key can write one; even so it must be damage with a name, and not an error of the program. */
    @Test
    void aRecordWithAHistoryThatCannotBeIsDamage() {
        world.create();
        World.Session session = world.session(1);
        session.commit("a");
        Head head = session.log.head();
        SnapshotRecord good = World.draft(1, 0, "b").at(head, session.log.lineage(), session.repository.descriptorId());
        SnapshotRecord wrong = new SnapshotRecord(
                good.type(),
                good.number(),
                good.lineage(),
                good.source(),
                good.tenant(),
                good.epoch(),
                good.parents(),
                good.siblings(),
                List.of(new byte[32], new byte[32]),
                good.seen(),
                good.descriptor(),
                good.state(),
                good.packs(),
                good.usedProgress(),
                good.times(),
                good.observations(),
                good.engine(),
                good.signature());
        byte[] bytes = session.repository
                .keys()
                .envelopes()
                .seal(
                        new EnvelopeName(EnvelopeKind.RECORD, wrong.lineage(), wrong.number()),
                        new RecordFront(wrong.parents(), List.of()).encode(),
                        SnapshotRecordCodec.encode(wrong));
        world.store.put(ObjectNames.record(wrong.lineage(), 2), ObjectBody.of(bytes), PutOptions.createOnly());

        assertCode(ErrorCode.REPOSITORY_DAMAGED, () -> world.session(2).log.head());
        assertThat(world.names("snapshots/")).hasSize(2);
    }
}
