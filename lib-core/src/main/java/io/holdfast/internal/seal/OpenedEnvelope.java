// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

/**
 * What an envelope held; both parts are authenticated.
 *
 * @param front the plain front
 * @param body the body that was sealed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a file format; compared by nobody
public record OpenedEnvelope(byte[] front, byte[] body) {}
