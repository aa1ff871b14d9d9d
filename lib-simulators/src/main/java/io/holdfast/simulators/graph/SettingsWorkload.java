// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Map;

/** Settings of a mailbox, its inbox rules and its categories. None of them is tracked: whoever wants to know reads them again. */
final class SettingsWorkload implements Workload {
    private static final String SETTINGS = "/users/{user}/mailboxSettings";
    private static final String RULES = "/users/{user}/mailFolders/{folder}/messageRules";
    private static final String CATEGORIES = "/users/{user}/outlook/masterCategories";

    private final Pages pages;

    SettingsWorkload(Pages pages) {
        this.pages = pages;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.OUTLOOK, Roles.SETTINGS_READ)
                .on("GET", SETTINGS, "mailboxSettings.get", this::settings)
                .on("GET", SETTINGS + "/{property}", "mailboxSettings.getProperty", this::setting)
                .on("GET", RULES, "messageRule.list", call -> list(call, rules(call), "messageRules"))
                .on(
                        "GET",
                        RULES + "/{entry}",
                        "messageRule.get",
                        call -> entity(call, 200, entry(call, rules(call)), "messageRules"))
                .on("GET", CATEGORIES, "outlookCategory.list", call -> list(call, categories(call), "masterCategories"))
                .on(
                        "GET",
                        CATEGORIES + "/{entry}",
                        "outlookCategory.get",
                        call -> entity(call, 200, entry(call, categories(call)), "masterCategories"));
        routes.group(Service.OUTLOOK, Roles.SETTINGS_WRITE)
                .on("PATCH", SETTINGS, "mailboxSettings.update", this::changeSettings)
                .on("POST", RULES, "messageRule.create", this::addRule)
                .on(
                        "PATCH",
                        RULES + "/{entry}",
                        "messageRule.update",
                        call -> change(call, rules(call), "messageRules"))
                .on("DELETE", RULES + "/{entry}", "messageRule.delete", call -> delete(call, rules(call)))
                .on("POST", CATEGORIES, "outlookCategory.create", this::addCategory)
                .on(
                        "PATCH",
                        CATEGORIES + "/{entry}",
                        "outlookCategory.update",
                        call -> change(call, categories(call), "masterCategories"))
                .on(
                        "DELETE",
                        CATEGORIES + "/{entry}",
                        "outlookCategory.delete",
                        call -> delete(call, categories(call)));
    }

    private static MailboxSettings of(Call call) {
        return Mailboxes.mailbox(call).settings();
    }

    private static List<Map<String, Object>> rules(Call call) {
        GraphMailbox mailbox = Mailboxes.mailbox(call);
        if (mailbox.find(call.variable("folder")) != mailbox.inbox()) {
            throw new GraphError(400, "ErrorInvalidRequest", "Rules are those of the inbox.");
        }
        return mailbox.settings().rules();
    }

    private static List<Map<String, Object>> categories(Call call) {
        return of(call).categories();
    }

    private Reply settings(Call call) {
        return call.entity(
                200,
                Mailboxes.user(call) + "/mailboxSettings",
                call.query().selection().of(of(call).json()));
    }

    private Reply setting(Call call) {
        String name = call.variable("property");
        Object value = of(call).json().get(name);
        if (value == null) {
            throw GraphError.badRequest("Resource not found for the segment '" + name + "'.");
        }
        String context = Mailboxes.user(call) + "/mailboxSettings/" + name;
        return value instanceof Map<?, ?>
                ? call.entity(200, context, Json.child(of(call).json(), name))
                : call.entity(200, context, Json.object("value", value));
    }

    private Reply changeSettings(Call call) {
        of(call).change(call.body());
        return call.entity(200, Mailboxes.user(call) + "/mailboxSettings", of(call).json());
    }

    private Reply list(Call call, List<Map<String, Object>> all, String name) {
        Query.Selection selection = call.query().selection();
        return pages.page(call, new Pages.Scope(Mailboxes.user(call) + "/" + name, 100, 1000), all, selection::of);
    }

    private static Reply entity(Call call, int status, Map<String, Object> entity, String name) {
        return call.entity(status, Mailboxes.user(call) + "/" + name + "/$entity", entity);
    }

    private static Map<String, Object> entry(Call call, List<Map<String, Object>> all) {
        return all.stream()
                .filter(each -> Json.text(each, "id").equals(call.variable("entry")))
                .findFirst()
                .orElseThrow(GraphError::notFound);
    }

    private Reply addRule(Call call) {
        rules(call);
        return entity(call, 201, of(call).addRule(call.body()), "messageRules");
    }

    private Reply addCategory(Call call) {
        Map<String, Object> body = call.body();
        String color = Json.text(body, "color");
        Map<String, Object> category = of(call).addCategory(
                        call.tenant().nextGuid().toString(),
                        Json.text(body, "displayName"),
                        color.isEmpty() ? "none" : color);
        return entity(call, 201, category, "masterCategories");
    }

    private static Reply change(Call call, List<Map<String, Object>> all, String name) {
        Map<String, Object> entry = entry(call, all);
        // The name of a category is for ever.
        call.body().forEach((property, value) -> {
            boolean fixed = property.equals("id") || name.equals("masterCategories") && property.equals("displayName");
            if (!fixed && !property.startsWith("@")) {
                entry.put(property, value);
            }
        });
        return entity(call, 200, entry, name);
    }

    private static Reply delete(Call call, List<Map<String, Object>> all) {
        all.remove(entry(call, all));
        return Reply.of(204);
    }
}
