// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

/** The layers between us and a service, from the bottom up. */
public enum Layer {
    /** Its name has an address. */
    RESOLVE,
    /** A connection can be made. */
    CONNECT,
    /** The proxy on the way lets us through, and nobody on the way answers in the service's place. */
    PROXY,
    /** Both sides accept a TLS session. */
    TLS,
    /** Connections hold, and larger answers come through whole. */
    PATH,
    /** The identity service gives a token. */
    TOKEN,
    /** The token opens what is needed. */
    PERMISSION,
    /** The service does what it is asked for. */
    SERVICE
}
