// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.workload.GatheredPage;
import io.holdfast.m365.internal.workload.ListedPage;
import io.holdfast.m365.internal.workload.MailboxResources;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.m365.internal.workload.Recent;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceItem;
import io.holdfast.source.TimeRange;
import io.holdfast.source.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mailboxes through Graph: a listing for the tree of folders, a change feed for each folder, and whole messages many at a time.
 *
 * <p>A folder's feed asks for little, so that one broken body cannot stop it; what it announces is read by {@link MessageFetch}. A message that leaves
 * a folder is only known to be gone when its id says so.
 */
public final class MailWorkload implements TenantWorkload {
    /** The folders, which no feed of the service tells completely. */
    private static final FeedId FOLDERS = new FeedId("folders");

    private static final FeedId SETTINGS = new FeedId("settings");

    /** What a cursor of a folder's feed depends on; to be raised when the query changes. */
    private static final String MESSAGES_FORM = "immutable;1";

    private static final String LISTING_FORM = "1";

    /** Their cursor is a time. */
    private static final String SETTINGS_FORM = "2";

    /** The service drops the token of a feed when it likes; what was asked for within two months was still good. */
    private static final Duration CURSOR_LIFE = Duration.ofDays(60);

    private static final Duration LISTING_LIFE = Duration.ofDays(3650);

    private final GraphClient graph;
    private final MemoryBudget memory;
    private final TimeSource time;
    private final MailOptions options;
    private final Recent<FolderTree> trees = new Recent<>();
    private final Recent<List<SourceItem>> facts = new Recent<>();
    private final Map<ResourceId, FolderTree.Reading> readings = new ConcurrentHashMap<>();
    private final MessageFeeds messages;
    private final MailboxResources mailboxes;
    private final MessageListings listings = new MessageListings();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    /**
     * The mailboxes of a tenant.
     *
     * @param graph the client
     * @param memory what pages of messages are reserved in
     * @param time the present time
     * @param options how mailboxes are read
     */
    public MailWorkload(GraphClient graph, MemoryBudget memory, TimeSource time, MailOptions options) {
        this.graph = graph;
        this.memory = memory;
        this.time = time;
        this.options = options;
        this.messages = new MessageFeeds(graph);
        this.mailboxes = new MailboxResources(graph, name());
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<List<String>> permissions() {
        return List.of(
                List.of("Mail.Read", "Mail.ReadWrite"), List.of("MailboxSettings.Read", "MailboxSettings.ReadWrite"));
    }

    @Override
    public Optional<Resource> ofOwner(Owner owner, boolean readable) {
        Mailbox mailbox = new Mailbox(owner.id());
        return mailboxes.of(
                owner,
                readable,
                mailbox.get(
                        "mail.folder.get", mailbox.path("/mailFolders/inbox").with("$select", "id")));
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        FolderTree tree = readings.computeIfAbsent(resource.id(), id -> new FolderTree.Reading(graph, Mailbox.of(id)))
                .finish();
        readings.remove(resource.id());
        trees.put(resource.id(), tree);
        List<Feed> feeds = new ArrayList<>();
        feeds.add(new Feed(SETTINGS, Feed.Kind.WATERMARK, SETTINGS_FORM, true, settingsLife()));
        for (String folder : tree.ids()) {
            feeds.add(new Feed(new FeedId(folder), Feed.Kind.INCREMENTAL, MESSAGES_FORM, false, CURSOR_LIFE));
        }
        // The last one: by then it is known whether any of the others is new.
        feeds.add(new Feed(FOLDERS, Feed.Kind.ENUMERATION, LISTING_FORM, false, LISTING_LIFE));
        return feeds;
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        Mailbox mailbox = Mailbox.of(resource.id());
        if (feed.id().equals(FOLDERS)) {
            return gathered(feed, tree(resource.id()).items(wellKnown(mailbox)));
        }
        if (feed.id().equals(SETTINGS)) {
            return settings(resource.id(), feed, from);
        }
        if (from.isEmpty()) {
            begun.add(mailbox.user());
        }
        return messages.changes(mailbox, feed, from);
    }

    /** Half of it is how long a cursor of before is kept where nothing else changed: until settings are read again. */
    private Duration settingsLife() {
        return options.settingsEvery().isZero()
                ? LISTING_LIFE
                : options.settingsEvery().multipliedBy(2);
    }

    /** Nothing tells of their changes, and reading them costs three calls: once in a while is enough. The cursor is the time at which they were read. */
    private ChangePage settings(ResourceId resource, Feed feed, Optional<Cursor> from) {
        Instant now = time.now();
        if (from.isPresent() && now.isBefore(Instant.parse(from.get().value()).plus(options.settingsEvery()))) {
            return new GatheredPage(List.of(), new ChangePage.CaughtUp(from.get(), false));
        }
        List<SourceItem> items = new MailboxFacts(graph, Mailbox.of(resource)).all();
        facts.put(resource, items);
        return gathered(items, new Cursor(now.toString(), feed.fingerprint()));
    }

    /**
     * Which folders are the ones of every mailbox. A request for each name tells, so it is asked where a feed began in this session; in the others
     * the tags of folders say that they are as they were, and what is stored of them stays.
     */
    private Map<String, String> wellKnown(Mailbox mailbox) {
        return begun.contains(mailbox.user()) ? new WellKnown(graph, mailbox).names() : Map.of();
    }

    private static ChangePage gathered(Feed feed, List<SourceItem> items) {
        return gathered(items, new Cursor("", feed.fingerprint()));
    }

    private static ChangePage gathered(List<SourceItem> items, Cursor next) {
        List<Change> changes = new ArrayList<>(items.size());
        items.forEach(item -> changes.add(new Change.Upsert(item, List.of())));
        return new GatheredPage(changes, new ChangePage.CaughtUp(next, true));
    }

    @Override
    public Source.Listing listing(Feed feed) {
        return feed.kind() == Feed.Kind.INCREMENTAL ? Source.Listing.BY_TIME : Source.Listing.NONE;
    }

    /** By a listing and not by the change feed: what the one lost, the other may have lost as well. */
    @Override
    public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        if (tree(resource.id()).isEmpty(feed.id().value())) {
            return gathered(feed, List.of());
        }
        Mailbox mailbox = Mailbox.of(resource.id());
        GraphPath path = MessageFeeds.listing(mailbox, feed.id());
        String filter = Stream.concat(
                        modified.from().map(time -> "lastModifiedDateTime ge " + time).stream(),
                        modified.to().map(time -> "lastModifiedDateTime lt " + time).stream())
                .collect(Collectors.joining(" and "));
        GraphPath part =
                filter.isEmpty() ? path : path.with("$filter", filter).with("$orderby", "lastModifiedDateTime");
        return ListedPage.open(
                graph,
                mailbox.get("mail.messages.audit", part),
                feed,
                from,
                line -> Optional.of(Messages.change(line, feed.id())));
    }

    private FolderTree tree(ResourceId resource) {
        return trees.get(resource).orElseGet(() -> {
            FolderTree tree = FolderTree.read(graph, Mailbox.of(resource));
            trees.put(resource, tree);
            return tree;
        });
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        Mailbox mailbox = Mailbox.of(resource);
        return items.stream().map(item -> answered(mailbox, item)).toList();
    }

    /** One item that the service cannot read says nothing of the others, and nothing of its own being there. */
    private Lookup answered(Mailbox mailbox, ItemRef ref) {
        try {
            return lookup(mailbox, ref);
        } catch (FailureException e) {
            FailureCategory category = e.failure().category();
            boolean itemsOwn = category == FailureCategory.TRANSIENT
                            && e.failure().retryAfter().isEmpty()
                    || category == FailureCategory.POISON_ITEM
                    || category == FailureCategory.UNKNOWN;
            if (!itemsOwn) {
                throw e;
            }
            return new Lookup.Unknown(
                    ref.key(), new Trouble("unreadable", e.failure().code(), false));
        }
    }

    private Lookup lookup(Mailbox mailbox, ItemRef ref) {
        if (ref.kind().equals(MailKinds.FOLDER)) {
            return folder(mailbox, ref.key());
        }
        if (!ref.kind().equals(MailKinds.MESSAGE)) {
            return new MailboxFacts(graph, mailbox).lookup(ref, SETTINGS);
        }
        GraphPath path = mailbox.path("/messages/{}", ref.key().value()).with("$select", Mailbox.LEAN);
        Optional<ObjectNode> message = graph.find(mailbox.get("mail.message.lookup", path));
        if (message.isEmpty()) {
            return new Lookup.Absent(ref.key());
        }
        FeedId folder = new FeedId(message.get().path("parentFolderId").asText());
        if (isOutOfSight(mailbox, folder.value())) {
            return new Lookup.Absent(ref.key());
        }
        return new Lookup.Present(Messages.item(message.get(), folder), folder);
    }

    /** What a user deleted for good can still be had by its id for a while, from a folder that belongs to no tree. */
    private boolean isOutOfSight(Mailbox mailbox, String folder) {
        return !tree(new ResourceId("mail:" + mailbox.user())).contains(folder)
                && new WellKnown(graph, mailbox).isRecoverable(folder);
    }

    private Lookup folder(Mailbox mailbox, ItemKey key) {
        return graph.find(mailbox.get("mail.folder.get", "/mailFolders/{}", key.value()))
                .<Lookup>map(found -> {
                    String parent = found.path("parentFolderId").asText("");
                    FolderTree tree = tree(new ResourceId("mail:" + mailbox.user()));
                    List<ItemKey> containers = tree.contains(parent) ? List.of(new ItemKey(parent)) : List.of();
                    return new Lookup.Present(FolderTree.item(found, containers, null), FOLDERS);
                })
                .orElseGet(() -> new Lookup.Absent(key));
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        Mailbox mailbox = Mailbox.of(resource);
        List<ItemRef> messages = new ArrayList<>();
        List<ItemRef> small = new ArrayList<>();
        // A patch of a message that was never stored names no kind.
        items.forEach(item -> (MailKinds.FACTS.contains(item.kind()) ? small : messages).add(item));
        if (messages.isEmpty()) {
            // Listed a moment ago, if a feed told of them; whoever asks once more gets them as they are by then.
            return MailboxFacts.fetch(
                    small, facts.take(resource).orElseGet(() -> new MailboxFacts(graph, mailbox).all()));
        }
        // A feed has items of one sort; where the ledger asks for two sorts at once, the other one is asked for again.
        return new MessageFetch(new MessageFetch.Means(graph, memory, options, listings), mailbox, messages);
    }

    /** Of a mailbox in which little is new: a call for each feed, and those for folders; settings are not read in each session. */
    @Override
    public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        if (past.isEmpty()) {
            return List.of();
        }
        Mailbox mailbox = Mailbox.of(resource.id());
        return List.of(
                graph.planned(
                        mailbox.get("mail.messages.delta", "/mailFolders/inbox/messages/delta"),
                        past.get().containers()),
                graph.planned(FolderTree.whole(mailbox), 1),
                graph.planned(FolderTree.hidden(mailbox, mailbox.path("/mailFolders")), 1));
    }

    @Override
    public List<KindCapability> kinds() {
        return capabilities();
    }

    /**
     * What becomes of folders, messages and settings of mailboxes, whatever the tenant.
     *
     * @return a capability of each kind
     */
    public static List<KindCapability> capabilities() {
        return MailKinds.capabilities();
    }

    @Override
    public List<Renderer> renderers() {
        return forFiles();
    }

    /**
     * The renderers of mail, which ask no mailbox.
     *
     * @return a renderer of messages
     */
    public static List<Renderer> forFiles() {
        return List.of(new MessageRenderer());
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(new MailTarget(graph, settings));
    }
}
