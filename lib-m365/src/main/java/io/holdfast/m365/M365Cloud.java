// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import java.net.URI;

/**
 * The clouds of Microsoft 365 and where they are reached ("National cloud deployments" of Microsoft Graph).
 */
public enum M365Cloud {
    /** The global cloud, GCC included. */
    GLOBAL("global", "https://login.microsoftonline.com", "https://graph.microsoft.com"),
    /** GCC High. */
    US_GOV_L4("us-gov-l4", "https://login.microsoftonline.us", "https://graph.microsoft.us"),
    /** The cloud of the Department of Defense. */
    US_GOV_L5("us-gov-l5", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    /** The cloud in China, run by 21Vianet. */
    CHINA("china", "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn");

    private final String label;
    private final String authority;
    private final String graph;

    M365Cloud(String label, String authority, String graph) {
        this.label = label;
        this.authority = authority;
        this.graph = graph;
    }

    /**
     * The name in configurations and reports.
     *
     * @return such as {@code us-gov-l4}
     */
    public String label() {
        return label;
    }

    /**
     * Where tokens are asked for.
     *
     * @return an origin
     */
    public URI authority() {
        return URI.create(authority);
    }

    /**
     * Where Graph is.
     *
     * @return an origin
     */
    public URI graph() {
        return URI.create(graph);
    }

    /**
     * What tokens are asked for; it stays the cloud's own where Graph is reached by another address.
     *
     * @return the scope that stands for all consented application permissions
     */
    String tokenScope() {
        return graph + "/.default";
    }
}
