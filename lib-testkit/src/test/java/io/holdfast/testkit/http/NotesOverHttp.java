// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import io.holdfast.drift.AnswerSchema;
import io.holdfast.exchange.Access;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.exchange.TransportException;
import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.services.ServiceMemory;
import io.holdfast.services.Services;
import io.holdfast.simulators.http.SimulatedService;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Observations;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.source.SourceItem;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connector for {@link NotesService}: everything that it sends goes through the shared services of its runtime. */
final class NotesOverHttp implements SourceConnector {
    private static final FeedId FEED = new FeedId("all");
    private static final ItemKind NOTE = ItemKind.leaf("note");

    private final String tenant;
    private final URI base;
    private final HttpTransport transport;
    private char[] secret = "secret".toCharArray();

    NotesOverHttp(String tenant, URI base, HttpTransport transport) {
        this.tenant = tenant;
        this.base = base;
        this.transport = transport;
    }

    void rotate(String other) {
        secret = other.toCharArray();
    }

    Scope scope() {
        return Scope.provider("notes").within(ScopeLevel.CLOUD, "global").within(ScopeLevel.TENANT, tenant);
    }

    @Override
    public SourceId id() {
        return new SourceId("notes-" + tenant);
    }

    @Override
    public TenantId tenant() {
        return new TenantId(tenant);
    }

    @Override
    public Source open(SourceContext context) {
        return new Notes(Services.of(context.runtime()), context.earlier());
    }

    private TokenAnswer ask() {
        HttpRequest request = HttpRequest.sending(
                "POST", base.resolve(SimulatedService.TOKEN_PATH), "text/plain", HttpBody.of(new byte[0]));
        try (HttpResponse response = transport.send(request)) {
            String code = String.valueOf(response.status());
            if (response.status() == 429) {
                return new TokenAnswer.Throttled(ScopeLevel.CLOUD, Optional.of(Duration.ofSeconds(30)), code);
            }
            if (response.status() != 200) {
                return new TokenAnswer.Unavailable(code, "in trouble");
            }
            String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            String[] words = body.split("[\":,}]+", -1);
            return new TokenAnswer.Granted(words[2], Duration.ofSeconds(Long.parseLong(words[4])), Optional.empty());
        } catch (TransportException e) {
            return new TokenAnswer.Unavailable(e.phase().name(), "no answer");
        } catch (java.io.IOException e) {
            return new TokenAnswer.Unavailable("body", "no answer");
        }
    }

    private final class Notes implements Source {
        private final Exchanger exchanger;
        private final ServiceMemory memory;
        private final Access access;

        private Notes(Services services, Observations earlier) {
            this.memory = services.memory(scope(), ZoneOffset.UTC, AnswerSchema.none(), earlier);
            this.exchanger = services.exchanger(transport, ServiceDialect.plain(), memory);
            this.access = new Access(
                    services.tokens()
                            .of(
                                    scope().within(ScopeLevel.APPLICATION, "backup"),
                                    () -> Credential.secret(secret, Optional.empty()),
                                    request -> ask()),
                    "notes",
                    Set.of(base.getHost()));
        }

        private ServiceRequest request(String operation, String user, String path) {
            Scope pool = scope().within(ScopeLevel.POOL, "notes");
            Scope counted = user.isEmpty() ? pool : pool.within(ScopeLevel.RESOURCE, user);
            PacedRequest paced = new PacedRequest(counted, operation, Cost.request(1), Priority.BACKUP);
            return ServiceRequest.of(paced, HttpRequest.get(base.resolve(path))).authorizedBy(access);
        }

        private String text(ServiceRequest request, List<String> more) {
            try (Exchange exchange = exchanger.send(request)) {
                exchange.fields().first("x-more").ifPresent(more::add);
                return new String(exchange.bytes(1 << 20), StandardCharsets.UTF_8);
            }
        }

        @Override
        public Pull<Resource> discover() {
            return Pull.of(text(request("users", "", "/users"), new ArrayList<>())
                    .lines()
                    .map(user -> new Resource(new ResourceId("notes:" + user), "notes", user, user, Optional.empty()))
                    .toList());
        }

        @Override
        public List<Feed> feeds(Resource resource) {
            return List.of(new Feed(FEED, Feed.Kind.ENUMERATION, "1", false, Duration.ofDays(30)));
        }

        @Override
        public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
            String user = resource.displayName();
            String after = from.map(cursor -> "?after=" + cursor.value()).orElse("");
            List<String> more = new ArrayList<>();
            List<String> lines = text(request("notes.list", user, "/notes/" + user + after), more)
                    .lines()
                    .toList();
            String end = lines.isEmpty() ? "" : lines.get(lines.size() - 1).split(" ", 2)[0];
            Pull<Change> changes = Pull.of(lines.stream()
                    .map(line -> (Change) new Change.Upsert(item(line), List.of()))
                    .toList());
            return new ChangePage() {
                @Override
                public @Nullable Change next() {
                    return changes.next();
                }

                @Override
                public End end() {
                    Cursor next = new Cursor(end, "1");
                    return more.contains("true") ? new More(next) : new CaughtUp(next, true);
                }

                @Override
                public void close() {
                    changes.close();
                }
            };
        }

        private static SourceItem item(String line) {
            String[] words = line.split(" ", 3);
            return new SourceItem(
                    new ItemKey(words[0]),
                    NOTE,
                    List.of(),
                    words[0],
                    SourceItem.Tags.of(words[1], words[1]),
                    Optional.empty(),
                    Long.parseLong(words[2]),
                    SourceItem.Metadata.none(),
                    List.of());
        }

        @Override
        public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
            List<Lookup> answers = new ArrayList<>();
            for (ItemRef ref : items) {
                try (Exchange exchange = exchanger.send(content(ref))) {
                    answers.add(new Lookup.Present(found(ref, exchange), FEED));
                } catch (FailureException e) {
                    if (e.failure().category() != FailureCategory.GONE) {
                        throw e;
                    }
                    answers.add(new Lookup.Absent(ref.key()));
                }
            }
            return answers;
        }

        private ServiceRequest content(ItemRef ref) {
            String user = ref.resource().value().substring("notes:".length());
            return request(
                    "notes.content", user, "/notes/" + user + "/" + ref.key().value());
        }

        private static SourceItem found(ItemRef ref, Exchange exchange) {
            return item(
                    ref.key().value() + " " + exchange.fields().first("etag").orElse("-") + " "
                            + exchange.fields().first("content-length").orElse("0"));
        }

        @Override
        public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
            List<Fetched> fetched = new ArrayList<>();
            for (ItemRef ref : items) {
                fetched.add(fetch(ref));
            }
            return Pull.of(fetched);
        }

        private Fetched fetch(ItemRef ref) {
            try (Exchange exchange = exchanger.send(content(ref))) {
                SourceItem item = found(ref, exchange);
                byte[] text = exchange.bytes(1 << 20);
                return new Fetched.Found(ref, item, List.of(new Text(text)));
            } catch (FailureException e) {
                Failure failure = e.failure();
                if (failure.category() == FailureCategory.GONE) {
                    return new Fetched.Gone(ref);
                }
                throw e;
            }
        }

        @Override
        public List<KindCapability> kinds() {
            return List.of(new KindCapability(NOTE, true, false, "listed whole each session", ""));
        }

        @Override
        public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
            return Optional.empty();
        }

        /** One page of twenty, and each note that is not stored yet. */
        @Override
        public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
            if (past.isEmpty()) {
                return List.of();
            }
            Scope user = scope().within(ScopeLevel.POOL, "notes").within(ScopeLevel.RESOURCE, resource.displayName());
            long pages = past.get().items() / 20 + 1;
            return List.of(new PlannedWork(user, "notes.list", pages, Cost.request(1), Duration.ofMillis(30)));
        }

        @Override
        public Observations observations() {
            return memory.observations();
        }

        @Override
        public void close() {
            // What is shared stays with the runtime.
        }
    }

    private record Text(byte[] bytes) implements Part {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public Form form() {
            return Form.FILE;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset) {
            return new java.io.ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }
}
