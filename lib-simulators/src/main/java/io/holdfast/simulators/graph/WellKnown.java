// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folders that each mailbox has; the ids of v1.0 that are words. */
enum WellKnown {
    MSGFOLDERROOT(
            null,
            false,
            "Top of Information Store",
            "Oberste Ebene des Informationsspeichers",
            "Racine de la banque d'informations"),
    INBOX(MSGFOLDERROOT, false, "Inbox", "Posteingang", "Boîte de réception"),
    DRAFTS(MSGFOLDERROOT, false, "Drafts", "Entwürfe", "Brouillons"),
    SENTITEMS(MSGFOLDERROOT, false, "Sent Items", "Gesendete Elemente", "Éléments envoyés"),
    DELETEDITEMS(MSGFOLDERROOT, false, "Deleted Items", "Gelöschte Elemente", "Éléments supprimés"),
    JUNKEMAIL(MSGFOLDERROOT, false, "Junk Email", "Junk-E-Mail", "Courrier indésirable"),
    OUTBOX(MSGFOLDERROOT, false, "Outbox", "Postausgang", "Boîte d'envoi"),
    ARCHIVE(MSGFOLDERROOT, false, "Archive", "Archiv", "Archive"),
    CONVERSATIONHISTORY(
            MSGFOLDERROOT,
            false,
            "Conversation History",
            "Aufgezeichnete Unterhaltungen",
            "Historique des conversations"),
    CLUTTER(MSGFOLDERROOT, true, "Clutter", "Clutter", "Courrier pêle-mêle"),
    SYNCISSUES(MSGFOLDERROOT, true, "Sync Issues", "Synchronisierungsprobleme", "Problèmes de synchronisation"),
    CONFLICTS(SYNCISSUES, true, "Conflicts", "Konflikte", "Conflits"),
    LOCALFAILURES(SYNCISSUES, true, "Local Failures", "Lokale Fehler", "Défaillances locales"),
    SERVERFAILURES(SYNCISSUES, true, "Server Failures", "Serverfehler", "Défaillances du serveur"),
    SCHEDULED(MSGFOLDERROOT, true, "Scheduled", "Geplant", "Planifié"),
    SEARCHFOLDERS(null, true, "Finder", "Finder", "Finder"),
    /** Where deleted messages are kept for a while; no child of the root, so in no list. */
    RECOVERABLEITEMSDELETIONS(null, true, "Deletions", "Deletions", "Deletions");

    static final List<String> LANGUAGES = List.of("en", "de", "fr");

    private final Optional<WellKnown> parent;
    private final boolean hidden;
    private final Map<String, String> names;

    WellKnown(@Nullable WellKnown parent, boolean hidden, String english, String german, String french) {
        this.parent = Optional.ofNullable(parent);
        this.hidden = hidden;
        this.names = Map.of("en", english, "de", german, "fr", french);
    }

    /** By the word that is used as an id. */
    static Optional<WellKnown> of(String word) {
        for (WellKnown each : values()) {
            if (each.name().equals(word.toUpperCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    Optional<WellKnown> parent() {
        return parent;
    }

    boolean isHidden() {
        return hidden;
    }

    String name(String language) {
        return names.getOrDefault(language, name());
    }
}
