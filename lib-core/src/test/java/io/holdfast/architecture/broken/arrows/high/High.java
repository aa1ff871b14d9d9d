// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.arrows.high;

import io.holdfast.architecture.broken.arrows.low.Low;

public record High(Low below) {}
