// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings, inbox rules and categories of a mailbox; guarded by the tenant. */
final class MailboxSettings {
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Map<String, Object>> rules = new ArrayList<>();
    private final List<Map<String, Object>> categories = new ArrayList<>();
    private int made;

    MailboxSettings(String purpose) {
        settings.put("archiveFolder", null);
        settings.put("timeZone", "W. Europe Standard Time");
        settings.put("delegateMeetingMessageDeliveryOptions", "sendToDelegateOnly");
        settings.put("dateFormat", "dd.MM.yyyy");
        settings.put("timeFormat", "HH:mm");
        settings.put("userPurpose", purpose);
        settings.put(
                "automaticRepliesSetting",
                Json.object(
                        "status", "disabled",
                        "externalAudience", "all",
                        "internalReplyMessage", "",
                        "externalReplyMessage", ""));
        settings.put("language", Json.object("locale", "en-US", "displayName", "English (United States)"));
        settings.put(
                "workingHours",
                Json.object(
                        "daysOfWeek",
                        List.of("monday", "tuesday", "wednesday", "thursday", "friday"),
                        "startTime",
                        "08:00:00.0000000",
                        "endTime",
                        "17:00:00.0000000",
                        "timeZone",
                        Json.object("name", "W. Europe Standard Time")));
    }

    Map<String, Object> json() {
        return new LinkedHashMap<>(settings);
    }

    /** Takes what a PATCH says; objects are merged. */
    void change(Map<String, Object> changes) {
        changes.forEach((name, value) -> {
            if (value instanceof Map<?, ?>) {
                Map<String, Object> merged = new LinkedHashMap<>(Json.child(settings, name));
                merged.putAll(Json.child(changes, name));
                settings.put(name, merged);
            } else if (!name.startsWith("@") && !name.equals("userPurpose")) {
                settings.put(name, value);
            }
        });
    }

    List<Map<String, Object>> rules() {
        return rules;
    }

    Map<String, Object> addRule(Map<String, Object> said) {
        Map<String, Object> rule = Json.object("id", String.format("AQAA%08X=", ++made));
        rule.putAll(said);
        rule.putIfAbsent("sequence", rules.size() + 1);
        rule.putIfAbsent("isEnabled", true);
        rule.put("hasError", false);
        rule.put("isReadOnly", false);
        rules.add(rule);
        return rule;
    }

    List<Map<String, Object>> categories() {
        return categories;
    }

    Map<String, Object> addCategory(String id, String displayName, String color) {
        boolean known = categories.stream()
                .anyMatch(each -> Json.text(each, "displayName").equalsIgnoreCase(displayName));
        if (known) {
            throw new GraphError(
                    409, "CategoryAlreadyExists", "A category named '" + displayName + "' is there already.");
        }
        Map<String, Object> category = Json.object("id", id, "displayName", displayName, "color", color);
        categories.add(category);
        return category;
    }
}
