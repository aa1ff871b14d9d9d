// SPDX-License-Identifier: Apache-2.0
/**
 * Says which layer between us and a service fails: name, connection, proxy, TLS, token, permission, service, or the path as a whole.
 *
 * <p>Read {@link io.holdfast.diagnosis.Doctor} first, then {@link io.holdfast.diagnosis.Diagnosis}. Depends on {@code exchange}, {@code identity},
 * {@code retry}, {@code pacing}, {@code model}, {@code error} and {@code runtime}; connectors, hosts and the command line depend on it. Uses sockets of
 * the JDK and whatever transport it is given; knows no service by name.
 */
@NullMarked
package io.holdfast.diagnosis;

import org.jspecify.annotations.NullMarked;
