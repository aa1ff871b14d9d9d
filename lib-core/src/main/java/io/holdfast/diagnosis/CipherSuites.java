// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cipher suites of TLS 1.2 and before that servers are met with, good ones and bad, by their numbers in IANA's register. */
final class CipherSuites {
    static final Map<Integer, String> ALL = all();

    private CipherSuites() {}

    private static Map<Integer, String> all() {
        Map<Integer, String> suites = new LinkedHashMap<>();
        suites.put(0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        suites.put(0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        suites.put(0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        suites.put(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        suites.put(0xCCA9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
        suites.put(0xCCA8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        suites.put(0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384");
        suites.put(0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");
        suites.put(0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384");
        suites.put(0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        suites.put(0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384");
        suites.put(0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
        suites.put(0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA");
        suites.put(0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA");
        suites.put(0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");
        suites.put(0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
        suites.put(0x006B, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256");
        suites.put(0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256");
        suites.put(0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA");
        suites.put(0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA");
        suites.put(0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384");
        suites.put(0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256");
        suites.put(0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256");
        suites.put(0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256");
        suites.put(0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA");
        suites.put(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA");
        suites.put(0x0084, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA");
        suites.put(0x0041, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA");
        suites.put(0xC012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA");
        suites.put(0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA");
        suites.put(0x0005, "TLS_RSA_WITH_RC4_128_SHA");
        return Collections.unmodifiableMap(suites);
    }
}
