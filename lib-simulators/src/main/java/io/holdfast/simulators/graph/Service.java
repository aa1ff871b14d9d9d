// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** Who is behind an operation: each has limits, and words for a missing permission, of its own. */
enum Service {
    /** Exchange: limits for each app and mailbox. */
    OUTLOOK("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    /** Entra: resource units for each app and tenant. */
    DIRECTORY("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    /** SharePoint and OneDrive: resource units for each app and tenant. */
    SHAREPOINT("accessDenied", "Access denied");

    private final String deniedCode;
    private final String deniedMessage;

    Service(String deniedCode, String deniedMessage) {
        this.deniedCode = deniedCode;
        this.deniedMessage = deniedMessage;
    }

    GraphError denied() {
        return new GraphError(403, deniedCode, deniedMessage);
    }
}
