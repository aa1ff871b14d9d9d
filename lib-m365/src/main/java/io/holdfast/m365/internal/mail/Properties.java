// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** What is done with the properties of all objects of Exchange. */
final class Properties {
    /** Which of the folders that every mailbox has it is; written by us. */
    static final String WELL_KNOWN = "holdfast.wellKnownName";

    private Properties() {}

    /** Takes out what is said about the answer and not about the object; the type stays. */
    static ObjectNode withoutAnnotations(ObjectNode object) {
        List<String> volatiles = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.contains("@odata.") && !name.equals("@odata.type")) {
                volatiles.add(name);
            }
        }
        return object.without(volatiles);
    }

    /** A short hash for tags: equal properties, equal tags. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
