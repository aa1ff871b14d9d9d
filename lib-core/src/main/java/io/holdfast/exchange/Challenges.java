// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code WWW-Authenticate} (RFC 9110, section 11.6.1; RFC 6750, section 3). */
final class Challenges {
    private static final Pattern CLAIMS = Pattern.compile("(?i)\\bclaims\\s*=\\s*\"([^\"]{1,16384})\"");

    private Challenges() {}

    /** What the service demands of the next token, as it came. */
    static Optional<String> claims(HttpFields fields) {
        return fields.joined("www-authenticate")
                .map(CLAIMS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }
}
