// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import java.util.Optional;

/**
 * How often calls go wrong by chance; each number is a probability per call of the kind that it can happen to.
 *
 * @param failBefore any call fails before anything has happened
 * @param failAfter any call takes effect and then seems to have failed
 * @param refuseShort a put fails half-way without a trace
 * @param breakOff the stream of a get breaks off
 * @param flipBit the stream of a get has a bit turned over
 * @param loseEntry a listing leaves out an object
 */
public record FaultRates(
        double failBefore, double failAfter, double refuseShort, double breakOff, double flipBit, double loseEntry) {

    /** No faults. */
    public static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0);

    /** Checks the probabilities. */
    public FaultRates {
        for (double each : new double[] {failBefore, failAfter, refuseShort, breakOff, flipBit, loseEntry}) {
            if (!(each >= 0 && each <= 1)) {
                throw new IllegalArgumentException("probability " + each + " is not between 0 and 1");
            }
        }
    }

    /**
     * Everything that a network does to a sound store: failures before, in the middle of and after calls, never wrong bytes.
     *
     * @param rate the probability of each
     * @return the rates
     */
    public static FaultRates network(double rate) {
        return new FaultRates(rate, rate, rate, rate, 0, 0);
    }

    /** Draws what goes wrong with one call. */
    Optional<Fault.Kind> draw(StoreVerb verb, SeededRandomness randomness) {
        // Always the same number of draws per call, so that one more rate does not shift all later faults of a seed.
        boolean before = randomness.happens(failBefore);
        boolean after = randomness.happens(failAfter);
        double special = randomness.unit();
        if (before) {
            return Optional.of(Fault.Kind.FAIL_BEFORE);
        }
        if (after) {
            return Optional.of(Fault.Kind.FAIL_AFTER);
        }
        switch (verb) {
            case PUT:
                return special < refuseShort ? Optional.of(Fault.Kind.REFUSE_SHORT) : Optional.empty();
            case GET:
                return drawForGet(special);
            case LIST:
                return special < loseEntry ? Optional.of(Fault.Kind.LOSE_ENTRY) : Optional.empty();
            default:
                return Optional.empty();
        }
    }

    private Optional<Fault.Kind> drawForGet(double special) {
        if (special < breakOff) {
            return Optional.of(Fault.Kind.BREAK_OFF);
        }
        return special < breakOff + flipBit ? Optional.of(Fault.Kind.FLIP_BIT) : Optional.empty();
    }
}
