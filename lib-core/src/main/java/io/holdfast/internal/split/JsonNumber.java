// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.math.BigInteger;

/**
 * The one spelling of a JSON number: its exact decimal value, with the digits laid out as ECMAScript's Number::toString
 * does (ECMA-262 section 6.1.6.1.20), without rounding to a double. Zero has no sign.
 */
final class JsonNumber {
    private static final int LARGEST_PLAIN = 21;
    private static final int SMALLEST_PLAIN = -6;

    private JsonNumber() {}

    /** Brings a number as RFC 8259 section 6 defines it into canonical form. */
    static String canonical(String token) {
        boolean negative = token.startsWith("-");
        int exponentAt = Math.max(token.indexOf('e'), token.indexOf('E'));
        String mantissa = token.substring(negative ? 1 : 0, exponentAt < 0 ? token.length() : exponentAt);
        int point = mantissa.indexOf('.');
        String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
        int integerDigits = point < 0 ? mantissa.length() : point;

        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        int end = digits.length();
        while (end > first && digits.charAt(end - 1) == '0') {
            end--;
        }
        if (first == end) {
            return "0";
        }
        BigInteger exponent = exponentAt < 0 ? BigInteger.ZERO : new BigInteger(token.substring(exponentAt + 1));
        BigInteger pointAfter = exponent.add(BigInteger.valueOf((long) integerDigits - first));
        return (negative ? "-" : "") + layOut(digits.substring(first, end), pointAfter);
    }

    /** {@code digits} with the decimal point {@code n} digits after their start: {@code 0.digits * 10^n}. */
    private static String layOut(String digits, BigInteger n) {
        int count = digits.length();
        if (n.bitLength() < Integer.SIZE) {
            int place = n.intValue();
            if (count <= place && place <= LARGEST_PLAIN) {
                return digits + "0".repeat(place - count);
            }
            if (0 < place && place <= LARGEST_PLAIN) {
                return digits.substring(0, place) + "." + digits.substring(place);
            }
            if (SMALLEST_PLAIN < place && place <= 0) {
                return "0." + "0".repeat(-place) + digits;
            }
        }
        BigInteger exponent = n.subtract(BigInteger.ONE);
        String fraction = count == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (exponent.signum() < 0 ? "" : "+") + exponent;
    }
}
