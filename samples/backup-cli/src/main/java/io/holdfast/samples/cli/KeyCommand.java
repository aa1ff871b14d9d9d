// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Repository;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.repository.KeySlotSummary;
import io.holdfast.samples.cli.config.ConfigException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Manages the ways into a repository. */
@Command(name = "key", description = "Lists, adds and removes ways in; begins a new data key.")
final class KeyCommand extends Task {
    /** What to do. */
    enum Verb {
        LIST,
        ADD,
        REMOVE,
        ROTATE
    }

    @Parameters(paramLabel = "list|add|remove|rotate", description = "what to do")
    private Verb verb = Verb.LIST;

    @Option(names = "--repository", required = true, paramLabel = "R", description = "name of the repository")
    private String repository = "";

    @Option(
            names = "--passphrase-env",
            paramLabel = "NAME",
            defaultValue = "",
            description = "add: variable that holds the new passphrase")
    private String variable = "";

    @Option(names = "--slot", paramLabel = "ID", defaultValue = "", description = "remove: which way in")
    private String slot = "";

    @Override
    int run(Workspace workspace) throws IOException {
        Repository open = workspace.open(repository);
        switch (verb) {
            case LIST -> list(open.keys());
            case ADD -> {
                try (KeyProvider key = passphrase()) {
                    list(List.of(open.addKey(key)));
                }
            }
            case REMOVE -> {
                if (slot.isEmpty()) {
                    throw new ConfigException("nothing says which way in to remove", "Give --slot ID of key list");
                }
                open.removeKey(slot);
                tell("removed", slot);
            }
            case ROTATE -> tell("epoch", String.valueOf(open.rotateDataKey()));
        }
        return ExitCode.COMPLETE;
    }

    private KeyProvider passphrase() {
        String value = console().environment().getOrDefault(variable, "");
        if (value.isEmpty()) {
            throw new ConfigException(
                    "variable '" + variable + "' holds no passphrase",
                    "Set a variable and name it with --passphrase-env");
        }
        return KeyProviders.passphrase(value.toCharArray());
    }

    private void list(List<KeySlotSummary> slots) throws IOException {
        if (json()) {
            document(out -> out.array(() -> slots.forEach(each -> out.object(() ->
                    out.put("slot", each.id()).put("provider", each.provider()).put("current", each.current())))));
            return;
        }
        Table table = new Table(Table.Column.left("SLOT"), Table.Column.left("PROVIDER"), Table.Column.left("CURRENT"));
        slots.forEach(each -> table.row(each.id(), each.provider(), each.current() ? "yes" : ""));
        table.print(console().out());
    }

    private void tell(String what, String value) throws IOException {
        if (json()) {
            document(out -> out.object(() -> out.put(what, value)));
        } else {
            print(what + " " + value);
        }
    }
}
