// SPDX-License-Identifier: Apache-2.0

/** Microsoft 365 through Microsoft Graph v1.0, both ways. */
module io.holdfast.m365 {
    requires transitive io.holdfast.core;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.googlecode.ezvcard;
    requires com.microsoft.aad.msal4j;
    requires io.holdfast.http;
    requires jakarta.activation;
    requires jakarta.mail;
    requires net.sf.biweekly;
    requires org.jsoup;

    exports io.holdfast.m365;
}
