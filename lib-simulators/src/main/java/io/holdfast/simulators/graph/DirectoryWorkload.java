// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accounts, groups, the organisation and its licences. */
final class DirectoryWorkload implements Workload {
    private static final Duration TOKEN_LIFE = Duration.ofDays(7);
    private static final int PAGE = 100;
    private static final int MOST = 999;
    private static final Pattern COMPARISON = Pattern.compile(
            "(?:(startswith)\\((\\w+),\\s*'((?:[^']|'')*)'\\))|(?:(\\w+)\\s+(eq|ne)\\s+(?:'((?:[^']|'')*)'|(\\w+)))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GROUP_KIND = Pattern.compile(
            "(groupTypes|resourceProvisioningOptions)/any\\(\\w+:\\w+ eq '(\\w+)'\\)", Pattern.CASE_INSENSITIVE);
    /** What a user is shown with if nothing is selected. */
    private static final Query.Selection DEFAULT = Query.Selection.of(
            "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName");

    private final DeltaRounds rounds;
    private final TokenPages pages = new TokenPages();

    DirectoryWorkload(DeltaRounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.DIRECTORY, Roles.USERS_READ)
                .costing(query -> units(2, query))
                .on("GET", "/users", "user.list", this::users)
                .on("GET", "/users/delta", "user.delta", this::delta)
                .costing(1)
                .on("GET", "/users/{user}", "user.get", this::user)
                .on("GET", "/directory/deletedItems/microsoft.graph.user", "user.listDeleted", this::deleted);
        routes.group(Service.DIRECTORY, Roles.GROUPS_READ)
                .on("GET", "/groups", "group.list", this::groups)
                .on(
                        "GET",
                        "/groups/{group}",
                        "group.get",
                        call -> call.entity(
                                200,
                                "groups/$entity",
                                call.query().selection().of(group(call).json())))
                .costing(query -> units(3, query))
                .on("GET", "/groups/{group}/members", "group.members", this::members);
        routes.group(Service.DIRECTORY, Roles.ORGANIZATION_READ)
                .on("GET", "/organization", "organization.list", this::organization)
                .costing(3)
                .on("GET", "/subscribedSkus", "subscribedSku.list", this::licences);
    }

    /** What a list costs by its query; at least one unit. */
    private static int units(int base, Query query) {
        int less = (query.first("$select").isPresent() ? 1 : 0)
                + (query.number("$top", 1, MOST).orElse(PAGE) < 20 ? 1 : 0);
        return Math.max(1, base + (query.first("$expand").isPresent() ? 1 : 0) - less);
    }

    private static Map<String, Object> shown(GraphUser user, Call call) {
        Query.Selection selection = call.query().selection();
        return (selection.isAll() ? DEFAULT : selection).of(user.json());
    }

    private Reply users(Call call) {
        Predicate<Map<String, Object>> filter = filter(call);
        List<Map<String, Object>> found = call.tenant().users().stream()
                .filter(user -> filter.test(user.json()))
                .map(user -> shown(user, call))
                .toList();
        return pages.page(call, "users", PAGE, MOST, found);
    }

    private Reply user(Call call) {
        String name = call.variable("user");
        GraphUser user = call.tenant().user(name).orElseThrow(() -> absent(name));
        return call.entity(200, "users/$entity", shown(user, call));
    }

    private static GraphError absent(String name) {
        return new GraphError(
                404,
                "Request_ResourceNotFound",
                "Resource '" + name
                        + "' does not exist or one of its queried reference-property objects are not present.");
    }

    private Reply delta(Call call) {
        for (String option : List.of("$top", "$orderby", "$expand")) {
            if (call.query().first(option).isPresent()) {
                throw new GraphError(
                        400,
                        "Request_UnsupportedQuery",
                        "The query option '" + option + "' is not supported with change tracking.");
            }
        }
        GraphTenant tenant = call.tenant();
        return rounds.answer(
                call,
                new DeltaRounds.Scope("/users/delta", "users", PAGE, Optional.of(TOKEN_LIFE)),
                new DeltaRounds.Feed() {
                    @Override
                    public long position() {
                        return tenant.position();
                    }

                    @Override
                    public List<DeltaRounds.Entry> changes(long since, Call first) {
                        List<DeltaRounds.Entry> entries = new ArrayList<>();
                        for (GraphUser user : tenant.everybody()) {
                            if (user.changed() > since && (user.isThere() || since >= 0)) {
                                entries.add(new DeltaRounds.Entry(
                                        !user.isThere(),
                                        page -> Optional.of(user.isThere() ? shown(user, first) : user.tombstone())));
                            }
                        }
                        return entries;
                    }
                });
    }

    private Reply deleted(Call call) {
        List<Map<String, Object>> gone = call.tenant().everybody().stream()
                .filter(GraphUser::isDeleted)
                .map(user -> shown(user, call))
                .toList();
        return pages.page(call, "directoryObjects/$/Microsoft.DirectoryServices.User", PAGE, MOST, gone);
    }

    private Reply groups(Call call) {
        Predicate<Map<String, Object>> filter = filter(call);
        List<Map<String, Object>> found = call.tenant().groups().stream()
                .map(GraphGroup::json)
                .filter(filter)
                .map(call.query().selection()::of)
                .toList();
        return pages.page(call, "groups", PAGE, MOST, found);
    }

    private static GraphGroup group(Call call) {
        String id = call.variable("group");
        return call.tenant().groups().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> absent(id));
    }

    private Reply members(Call call) {
        List<Map<String, Object>> found = group(call).members().stream()
                .map(user -> {
                    Map<String, Object> json = Json.object("@odata.type", "#microsoft.graph.user");
                    json.putAll(shown(user, call));
                    return json;
                })
                .toList();
        return pages.page(call, "directoryObjects", PAGE, MOST, found);
    }

    private Reply organization(Call call) {
        GraphTenant tenant = call.tenant();
        Map<String, Object> domain = Json.object(
                "capabilities",
                "Email, OfficeCommunicationsOnline",
                "isDefault",
                true,
                "isInitial",
                true,
                "name",
                tenant.domain(),
                "type",
                "Managed");
        Map<String, Object> organization = Json.object(
                "id", tenant.id(),
                "displayName", tenant.name(),
                "countryLetterCode", "DE",
                "preferredLanguage", tenant.language(),
                "tenantType", "AAD",
                "onPremisesSyncEnabled", null,
                "verifiedDomains", List.of(domain));
        return pages.page(
                call,
                "organization",
                PAGE,
                MOST,
                List.of(call.query().selection().of(organization)));
    }

    private Reply licences(Call call) {
        int used = (int)
                call.tenant().users().stream().filter(GraphUser::isLicensed).count();
        Map<String, Object> sku = Json.object(
                "id",
                call.tenant().id() + "_" + GraphUser.SKU,
                "accountId",
                call.tenant().id(),
                "appliesTo",
                "User",
                "capabilityStatus",
                "Enabled",
                "consumedUnits",
                used,
                "prepaidUnits",
                Json.object("enabled", used + 5, "suspended", 0, "warning", 0, "lockedOut", 0),
                "servicePlans",
                List.of(),
                "skuId",
                GraphUser.SKU,
                "skuPartNumber",
                "SPE_E3");
        return pages.page(call, "subscribedSkus", PAGE, MOST, List.of(sku));
    }

    private static Predicate<Map<String, Object>> filter(Call call) {
        Optional<String> text = call.query().first("$filter");
        Predicate<Map<String, Object>> all = each -> true;
        if (text.isEmpty()) {
            return all;
        }
        for (String term : text.get().split("(?i)\\s+and\\s+")) {
            all = all.and(term(term.trim(), call));
        }
        return all;
    }

    private static Predicate<Map<String, Object>> term(String term, Call call) {
        Matcher kind = GROUP_KIND.matcher(term);
        if (kind.matches()) {
            return json -> json.get(kind.group(1)) instanceof List<?> list && list.contains(kind.group(2));
        }
        Matcher comparison = COMPARISON.matcher(term);
        if (!comparison.matches()) {
            throw new GraphError(
                    400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause: " + term);
        }
        if (comparison.group(1) != null) {
            String start = comparison.group(3).toLowerCase(Locale.ROOT);
            return json -> Json.text(json, comparison.group(2))
                    .toLowerCase(Locale.ROOT)
                    .startsWith(start);
        }
        boolean equal = comparison.group(5).equalsIgnoreCase("eq");
        if (!equal
                && !call.header("ConsistencyLevel")
                        .filter("eventual"::equalsIgnoreCase)
                        .isPresent()) {
            throw new GraphError(
                    400,
                    "Request_UnsupportedQuery",
                    "Operator: 'Not' is not supported without ConsistencyLevel: eventual and $count=true.");
        }
        String wanted = comparison.group(6) == null
                ? comparison.group(7)
                : comparison.group(6).replace("''", "'");
        return json -> Json.text(json, comparison.group(4)).equalsIgnoreCase(wanted) == equal;
    }
}
