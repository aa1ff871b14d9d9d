// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.Trouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The hands of a source in memory, for the kit; the connector may be handed out broken. */
final class InMemorySourceFixture implements SourceFixture {
    private final InMemorySource source;
    private final UnaryOperator<SourceConnector> wrapping;
    private final ResourceId notes;
    private final ItemKey inbox;
    private final ItemKey archive;

    InMemorySourceFixture(InMemorySource source, UnaryOperator<SourceConnector> wrapping) {
        this.source = source;
        this.wrapping = wrapping;
        source.addResource("notes:bob", "bob");
        this.notes = source.addResource("notes:ana", "ana");
        this.inbox = source.addFolder(notes, "inbox");
        this.archive = source.addFolder(notes, source.addFolder(notes, "kept"), "archive");
    }

    @Override
    public SourceConnector connector() {
        return wrapping.apply(source);
    }

    @Override
    public ResourceId resource() {
        return notes;
    }

    @Override
    public ItemKey create(String name, byte[] content) {
        ItemKey key = source.add(notes, inbox, name, content);
        source.attach(notes, key, "attachment/1", new byte[] {1, 2, 3});
        return key;
    }

    @Override
    public void change(ItemKey item, byte[] content) {
        source.change(notes, item, content);
    }

    @Override
    public ItemKey move(ItemKey item) {
        boolean inInbox = source.items(notes).stream()
                .anyMatch(each -> each.key().equals(item) && each.containers().contains(inbox));
        source.move(notes, item, inInbox ? archive : inbox);
        return item;
    }

    @Override
    public void delete(ItemKey item) {
        source.delete(notes, item);
    }

    @Override
    public void breakItem(ItemKey item) {
        source.refuse(notes, item, new Trouble("malware", "", true));
    }

    @Override
    public boolean expireCursors() {
        source.expireCursors(notes);
        return true;
    }

    @Override
    public OptionalLong requests() {
        return OptionalLong.of(source.requests());
    }

    @Override
    public void close() {
        // nothing is held
    }
}
