// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.SourceItem;
import io.holdfast.testkit.InMemorySource;
import io.holdfast.testkit.SeededRandomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source that a seed and a number of steps determine, cursors included: each process plays it again up to where it was. */
final class World {
    static final String SOURCE = "world";
    private static final String CONTENT = "content";

    private final InMemorySource source = InMemorySource.create(SOURCE);
    private final ResourceId resource = source.addResource("notes", "owner");
    private final SeededRandomness chance;
    private final List<ItemKey> folders = new ArrayList<>();
    private final List<ItemKey> notes = new ArrayList<>();
    private int names;

    private World(long seed) {
        this.chance = new SeededRandomness(seed).branch("world");
        for (int i = 0; i < 3; i++) {
            folders.add(source.addFolder(resource, "folder " + i));
        }
    }

    static World at(long seed, int steps) {
        World world = new World(seed);
        for (int i = 0; i < steps; i++) {
            world.step();
        }
        return world;
    }

    InMemorySource source() {
        return source;
    }

    void step() {
        // Some steps change nothing: such a session writes a record alone.
        int changes = chance.nextInt(6);
        for (int i = 0; i < changes; i++) {
            change();
        }
    }

    private void change() {
        int kind = notes.size() < 5 ? 0 : chance.nextInt(10);
        if (kind < 5) {
            ItemKey folder = folders.get(chance.nextInt(folders.size()));
            notes.add(source.add(resource, folder, "note " + names++, content()));
        } else if (kind < 8) {
            source.change(resource, notes.get(chance.nextInt(notes.size())), content());
        } else {
            source.delete(resource, notes.remove(chance.nextInt(notes.size())));
        }
    }

    private byte[] content() {
        int most = chance.nextInt(8) == 0 ? 2 << 20 : 8_000;
        byte[] bytes = new byte[chance.nextInt(most)];
        chance.fill(bytes);
        return bytes;
    }

    /** What it holds, as texts that can be compared. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (SourceItem item : source.items(resource)) {
            state.put(
                    item.key().value(),
                    item.name()
                            + source.content(resource, item.key(), CONTENT)
                                    .map(World::text)
                                    .orElse(""));
        }
        return state;
    }

    static String text(byte[] bytes) {
        return " " + bytes.length + " " + Arrays.hashCode(bytes);
    }
}
