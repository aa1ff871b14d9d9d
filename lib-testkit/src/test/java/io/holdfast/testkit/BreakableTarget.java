// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.RestoreDestination;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreTarget;

/** A destination that passes puts on to another and counts them, with something that happens before and after each. For one thread. */
final class BreakableTarget {
    private final RestoreDestination inner;
    private Hook before = (put, item) -> {};
    private Hook after = (put, item) -> {};
    private int puts;

    BreakableTarget(RestoreDestination inner) {
        this.inner = inner;
    }

    /** Happens beside a put, whose number is counted from 1 over all sessions; may throw. */
    @FunctionalInterface
    interface Hook {
        void at(int put, RestoreItem item);
    }

    /** The process of the restore is gone. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died(int put) {
            super("the process died at put " + put);
        }
    }

    BreakableTarget before(Hook hook) {
        this.before = hook;
        return this;
    }

    BreakableTarget after(Hook hook) {
        this.after = hook;
        return this;
    }

    int puts() {
        return puts;
    }

    RestoreDestination destination() {
        return (settings, context) -> wrap(inner.open(settings, context));
    }

    private RestoreTarget wrap(RestoreTarget target) {
        return new RestoreTarget() {
            @Override
            public String describe() {
                return target.describe();
            }

            @Override
            public Placement put(RestoreItem item) {
                puts++;
                before.at(puts, item);
                Placement placement = target.put(item);
                after.at(puts, item);
                return placement;
            }

            @Override
            public void finish() {
                target.finish();
            }

            @Override
            public void close() {
                target.close();
            }
        };
    }
}
