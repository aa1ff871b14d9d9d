// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

/**
 * What a frame held; both parts are authenticated.
 *
 * @param header the header
 * @param payload the payload as it was sealed: still compressed if the header says so
 */
@SuppressWarnings("ArrayRecordComponent") // the data path shares arrays
public record OpenedFrame(FrameHeader header, byte[] payload) {}
