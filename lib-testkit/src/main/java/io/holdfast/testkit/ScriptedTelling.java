// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Change;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts what a page names into the words of the SPI, well or badly. */
final class ScriptedTelling {
    private final ScriptedTenant tenant;
    private final SourceScript script;
    private final ResourceId resource;

    ScriptedTelling(ScriptedTenant tenant, SourceScript script, ResourceId resource) {
        this.tenant = tenant;
        this.script = script;
        this.resource = resource;
    }

    List<ScriptedChanges.Told> tell(ScriptedPage page, String feed) {
        List<ScriptedChanges.Told> told = new ArrayList<>();
        for (ScriptedPage.Named named : page.named()) {
            told.add(change(named));
            if (script.strikes(SourceFault.REPEAT, named.key().value())) {
                told.add(change(named));
            }
        }
        if (told.size() > 1 && script.strikes(SourceFault.REORDER, feed)) {
            Collections.rotate(told, 1 + script.draw(told.size() - 1));
        }
        return told;
    }

    /** Contents are made when the change is pulled, since they are good until the next pull only. */
    private ScriptedChanges.Told change(ScriptedPage.Named named) {
        String key = named.key().value();
        if (named.item().isEmpty()) {
            return () -> new Change.Removal(named.key());
        }
        ScriptedItem item = named.item().get();
        ItemKind kind = item.kind();
        if (script.strikes(SourceFault.UNREADABLE, key)) {
            return () -> new Change.Unreadable(named.key(), kind, new Trouble("not-listed", "scripted", false));
        }
        if (script.strikes(SourceFault.HINT, key)) {
            return () -> new Change.Hint(named.key(), kind);
        }
        if (named.sparse() && item.tagged() && script.strikes(SourceFault.SPARSE, key)) {
            return () -> patch(item);
        }
        if (!kind.container() && script.strikes(SourceFault.INLINE, key)) {
            return () -> new Change.Upsert(item.toSource(), ScriptedSession.contents(script, item));
        }
        return () -> new Change.Upsert(item.toSource(), List.of());
    }

    private Change patch(ScriptedItem item) {
        SourceItem.Tags tags = item.tags();
        return new Change.Patch(
                item.key(),
                new Change.Patch.Fields(
                        tags.content(),
                        tags.state(),
                        Optional.of(item.name()),
                        Optional.of(item.containers()),
                        Optional.of(item.modified())),
                patchOf(item.key(), item).getBytes(StandardCharsets.UTF_8));
    }

    /** All fields that there are, and null for those that there once were. */
    private String patchOf(ItemKey key, ScriptedItem item) {
        SortedMap<String, String> changed = new TreeMap<>();
        for (ScriptedItem earlier : tenant.history(resource.value(), key.value())) {
            earlier.fields().keySet().forEach(field -> changed.put(field, ""));
        }
        changed.putAll(item.fields());
        return new String(ScriptedItem.json(changed), StandardCharsets.UTF_8);
    }
}
