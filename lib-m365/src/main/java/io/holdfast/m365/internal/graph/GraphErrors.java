// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import static java.util.Map.entry;

import io.holdfast.retry.FailureCategory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the error codes of Graph, Exchange, SharePoint and the directory mean, in one table.
 *
 * <p>Decided by the innermost code that is known, then by status, and by the text of a message only where no code tells: services change the casing of
 * codes, answer the same condition by several, and words most often of all. Codes are compared without regard to case. A code that is not here is
 * decided by its status (see {@link GraphDialect}).
 */
final class GraphErrors {
    private static final FailureCategory THROTTLED = FailureCategory.THROTTLED;
    private static final FailureCategory TRANSIENT = FailureCategory.TRANSIENT;
    private static final FailureCategory CURSOR = FailureCategory.CURSOR_INVALID;
    private static final FailureCategory ABSENT = FailureCategory.NOT_AVAILABLE;
    private static final FailureCategory POISON = FailureCategory.POISON_ITEM;
    private static final FailureCategory GONE = FailureCategory.GONE;
    private static final FailureCategory DENIED = FailureCategory.PERMISSION_MISSING;
    private static final FailureCategory CONFLICT = FailureCategory.CONFLICT;
    private static final FailureCategory FULL = FailureCategory.TARGET_FULL;

    private static final Map<String, FailureCategory> CODES = Map.ofEntries(
            // Too much was asked of it.
            entry("applicationthrottled", THROTTLED),
            entry("toomanyrequests", THROTTLED),
            entry("activitylimitreached", THROTTLED),
            entry("throttledrequest", THROTTLED),
            // It has trouble of its own that passes.
            entry("errorserverbusy", TRANSIENT),
            entry("mailboxinfostale", TRANSIENT),
            entry("errormailboxstoreunavailable", TRANSIENT),
            entry("errormailboxmoveinprogress", TRANSIENT),
            entry("errorinternalservertransienterror", TRANSIENT),
            entry("errorinternalservererror", TRANSIENT),
            entry("errortimeoutexpired", TRANSIENT),
            entry("errorconnectionfailed", TRANSIENT),
            entry("erroradunavailable", TRANSIENT),
            entry("erroradoperation", TRANSIENT),
            entry("errorinsufficientresources", TRANSIENT),
            entry("errortoomanyobjectsopened", TRANSIENT),
            entry("errorexecutesearchstaledata", TRANSIENT),
            entry("servicenotavailable", TRANSIENT),
            entry("serviceunavailable", TRANSIENT),
            entry("service_serviceunavailable", TRANSIENT),
            entry("servicereadonly", TRANSIENT),
            entry("cannotsnapshottree", TRANSIENT),
            entry("resourcebeingprovisioned", TRANSIENT),
            entry("generalexception", TRANSIENT),
            entry("directory_concurrencyviolation", TRANSIENT),
            entry("concurrencyviolation", TRANSIENT),
            // The feed starts anew.
            entry("syncstatenotfound", CURSOR),
            entry("syncstateinvalid", CURSOR),
            entry("resyncrequired", CURSOR),
            entry("resyncchangesapplydifferences", CURSOR),
            entry("resyncchangesuploaddifferences", CURSOR),
            entry("resyncapplydifferences", CURSOR),
            entry("resyncuploaddifferences", CURSOR),
            entry("directory_expiredpagetoken", CURSOR),
            // There is nothing that could be read.
            entry("mailboxnotenabledforrestapi", ABSENT),
            entry("mailboxnotsupportedforrestapi", ABSENT),
            entry("errornonexistentmailbox", ABSENT),
            entry("authenticationerror", ABSENT),
            entry("resourcelocked", ABSENT),
            entry("notallowed", ABSENT),
            // The item does not exist.
            entry("erroritemnotfound", GONE),
            entry("errorfoldernotfound", GONE),
            entry("errorsyncfoldernotfound", GONE),
            entry("itemnotfound", GONE),
            entry("imagenotfound", GONE),
            entry("request_resourcenotfound", GONE),
            entry("directory_objectnotfound", GONE),
            entry("errorinvaliduser", GONE),
            // The item exists and is not given in this form.
            entry("errorcorruptdata", POISON),
            entry("erroritemcorrupt", POISON),
            entry("errormimecontentconversionfailed", POISON),
            entry("errorcontentconversionfailed", POISON),
            entry("errormimecontentinvalid", POISON),
            entry("errorcannotopenfileattachment", POISON),
            entry("errorattachmentnestlevellimitexceeded", POISON),
            entry("errorinvalidrecipients", POISON),
            entry("malwaredetected", POISON),
            entry("virussuspicious", POISON),
            entry("errorinvalidpropertyrequest", POISON),
            // Nobody of that name is there to be granted anything.
            entry("noresolvedusers", POISON),
            // Somebody has to allow it first.
            entry("authorization_requestdenied", DENIED),
            entry("authorization_identitynotfound", DENIED),
            entry("erroraccessdenied", DENIED),
            entry("accessdenied", DENIED),
            entry("accessrestricted", DENIED),
            entry("sharingdisabled", DENIED),
            // Something stands in the way of a write.
            entry("namealreadyexists", CONFLICT),
            entry("errorfolderexists", CONFLICT),
            entry("errorirresolvableconflict", CONFLICT),
            entry("errorstaleobject", CONFLICT),
            entry("resourcemodified", CONFLICT),
            entry("entitytagdoesnotmatch", CONFLICT),
            // Nothing more fits.
            entry("errorquotaexceeded", FULL),
            entry("quotalimitreached", FULL),
            entry("insufficientstorage", FULL));

    /** What no code tells. */
    private static final List<Words> WORDS = List.of(
            new Words("mysite not found", ABSENT, "mysite-not-found"),
            new Words("unable to retrieve user's mysite url", ABSENT, "mysite-not-found"),
            new Words("tenant does not have a spo license", ABSENT, "no-spo-license"),
            new Words("requested site could not be found", GONE, "site-not-found"),
            new Words("users could not be resolved", POISON, "noResolvedUsers"),
            new Words("io error during request payload read", TRANSIENT, "payload-read"),
            new Words("unable to initialize rps", TRANSIENT, "rps"),
            new Words("badly formed token", CURSOR, "badly-formed-token"),
            new Words("subscription within the tenant has lapsed", ABSENT, "subscription-lapsed"));

    private GraphErrors() {}

    private record Words(String text, FailureCategory category, String code) {}

    /** A meaning and the code that told it. */
    record Meaning(FailureCategory category, String code) {}

    /** All codes whose meaning is known, in lower case. */
    static Set<String> codes() {
        return CODES.keySet();
    }

    /**
     * What an error means by its codes.
     *
     * @param codes from the outermost to the innermost
     * @param message the outermost message
     * @return empty if no code and no word is known
     */
    static Optional<Meaning> of(List<String> codes, String message) {
        for (int i = codes.size() - 1; i >= 0; i--) {
            FailureCategory category = CODES.get(codes.get(i).toLowerCase(Locale.ROOT));
            if (category != null) {
                return Optional.of(new Meaning(category, codes.get(i)));
            }
        }
        String words = message.toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(each -> words.contains(each.text))
                .findFirst()
                .map(each -> new Meaning(each.category, each.code));
    }
}
