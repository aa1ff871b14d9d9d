// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.arrows.stray;

public record Stray() {}
