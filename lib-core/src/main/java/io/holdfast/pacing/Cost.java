// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

/**
 * What a request costs, estimated before it is sent and settled when its answer is there.
 *
 * @param requests how many requests the service counts, at least 0: each part of a batch is one
 * @param units the service's own units of work, at least 0
 * @param bytesUp bytes of the request's body, at least 0
 * @param bytesDown bytes of the answer's body, at least 0
 * @param slots how many requests the service works on at once for it, at least 0
 */
public record Cost(long requests, long units, long bytesUp, long bytesDown, int slots) {
    /** Nothing at all. */
    public static final Cost NONE = new Cost(0, 0, 0, 0, 0);

    /** Checks the ranges. */
    public Cost {
        if (requests < 0 || units < 0 || bytesUp < 0 || bytesDown < 0 || slots < 0) {
            throw new IllegalArgumentException("a cost is negative: requests " + requests + ", units " + units
                    + ", bytes up " + bytesUp + ", bytes down " + bytesDown + ", slots " + slots);
        }
    }

    /**
     * The cost of one request that occupies one slot.
     *
     * @param units the service's units of work
     * @return the cost
     */
    public static Cost request(long units) {
        return new Cost(1, units, 0, 0, 1);
    }

    /**
     * The same with other bytes.
     *
     * @param up bytes of the request's body
     * @param down bytes of the answer's body
     * @return the cost
     */
    public Cost withBytes(long up, long down) {
        return new Cost(requests, units, up, down, slots);
    }

    /**
     * How much of one meter it is.
     *
     * @param meter the meter
     * @return the amount
     */
    public long of(Meter meter) {
        switch (meter) {
            case REQUESTS:
                return requests;
            case UNITS:
                return units;
            case BYTES_UP:
                return bytesUp;
            case BYTES_DOWN:
                return bytesDown;
        }
        throw new IllegalArgumentException("unknown meter " + meter);
    }
}
