// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.arrows.low;

import io.holdfast.architecture.broken.arrows.high.High;

public record Low(High[] above) {}
