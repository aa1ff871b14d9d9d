// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.TransportException;
import java.time.Duration;

/** What is wrong with a reply on its way. */
public sealed interface Flaw {

    /** Nothing. */
    record None() implements Flaw {}

    /**
     * There is no connection to ask over. Over sockets the connection is reset instead: whoever has one cannot fail to get it.
     *
     * @param phase how far it comes
     */
    record Unreachable(TransportException.Phase phase) implements Flaw {}

    /** It never begins; the connection stays open. */
    record Silence() implements Flaw {}

    /**
     * The connection ends before it begins.
     *
     * @param reset by a reset instead of an orderly end
     */
    record Gone(boolean reset) implements Flaw {}

    /** It is not HTTP. */
    record Garbage() implements Flaw {}

    /**
     * The connection ends in the middle of the body.
     *
     * @param after after how many of its bytes
     * @param reset by a reset instead of an orderly end
     */
    record Cut(long after, boolean reset) implements Flaw {}

    /**
     * The body stands still in its middle; the connection stays open.
     *
     * @param after after how many of its bytes
     */
    record Stall(long after) implements Flaw {}

    /**
     * The body comes in drops.
     *
     * @param bytes how many at a time
     * @param every the pause between them
     */
    record Drip(int bytes, Duration every) implements Flaw {}

    /**
     * The length that is announced is not that of the body.
     *
     * @param announced the wrong length; of a longer body only so much is sent
     */
    record WrongLength(long announced) implements Flaw {}
}
