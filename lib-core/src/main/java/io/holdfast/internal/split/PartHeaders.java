// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/**
 * What the headers of one MIME entity say about its body.
 *
 * @param type the declared type, or the default of the place where the entity stands
 */
record PartHeaders(ContentType type, TransferEncoding encoding) {}
