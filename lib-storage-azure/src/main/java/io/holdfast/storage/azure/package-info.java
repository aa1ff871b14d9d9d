// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps objects in a container of Azure Blob Storage.
 *
 * <p>Read {@link io.holdfast.storage.azure.AzureObjectStore} first. Depends on {@code store}, {@code runtime} and {@code error} of the core and on
 * the Azure SDK, whose types appear in no exported signature; nothing depends on it but applications.
 *
 * <p>In a plain container an object is what stands under its name. In one with version-level immutability it is its <em>oldest</em> version: what
 * somebody writes over a protected blob hides nothing from us.
 */
@NullMarked
package io.holdfast.storage.azure;

import org.jspecify.annotations.NullMarked;
