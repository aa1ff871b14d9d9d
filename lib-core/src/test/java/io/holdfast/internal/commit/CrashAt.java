// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

/** A process that dies at its k-th store call: before it takes effect, or just after. Whatever it calls later fails too. */
final class CrashAt implements HookedStore.Hook {
    private final int call;
    private final boolean afterEffect;
    private int count;

    CrashAt(int call, boolean afterEffect) {
        this.call = call;
        this.afterEffect = afterEffect;
    }

    static CrashAt never() {
        return new CrashAt(Integer.MAX_VALUE, false);
    }

    int calls() {
        return count;
    }

    @Override
    public void before(HookedStore.Call made) {
        count++;
        if (count > call || count == call && !afterEffect) {
            throw new Died(made);
        }
    }

    @Override
    public void after(HookedStore.Call made) {
        if (count == call && afterEffect) {
            throw new Died(made);
        }
    }

    /** The process is gone. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died(HookedStore.Call call) {
            super("died at " + call);
        }
    }
}
