// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the header field {@code Prefer} asks for.
 *
 * @param immutableIds whether ids shall survive moves
 * @param pageSize how many elements a page shall have
 * @param textBodies whether bodies shall be text
 */
record Preferences(boolean immutableIds, Optional<Integer> pageSize, boolean textBodies) {

    static Preferences of(HttpFields fields) {
        boolean immutable = false;
        boolean text = false;
        Integer size = null;
        for (String each : fields.joined("prefer").orElse("").split(",")) {
            int equals = each.indexOf('=');
            String name = (equals < 0 ? each : each.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : each.substring(equals + 1).trim().replace("\"", "");
            immutable |= name.equals("idtype") && value.equalsIgnoreCase("ImmutableId");
            text |= name.equals("outlook.body-content-type") && value.equalsIgnoreCase("text");
            size = name.equals("odata.maxpagesize") ? size(value) : size;
        }
        return new Preferences(immutable, Optional.ofNullable(size), text);
    }

    private static @Nullable Integer size(String value) {
        try {
            return Math.max(1, Integer.parseInt(value));
        } catch (NumberFormatException e) {
            // A preference that makes no sense is not honoured (RFC 7240, section 2).
            return null;
        }
    }

    /** What of it was honoured; empty for nothing. */
    String applied() {
        List<String> applied = new ArrayList<>();
        if (immutableIds) {
            applied.add("IdType=\"ImmutableId\"");
        }
        pageSize.ifPresent(size -> applied.add("odata.maxpagesize=" + size));
        if (textBodies) {
            applied.add("outlook.body-content-type=\"text\"");
        }
        return String.join(", ", applied);
    }
}
