// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonCanonicalPropertyTest {
    @Property(tries = 500)
    void theSpellingDoesNotMatter(@ForAll("values") Object value, @ForAll long one, @ForAll long another)
            throws IOException {
        assertThat(JsonCanonicalTest.canonical(spell(value, new Random(one))))
                .isEqualTo(JsonCanonicalTest.canonical(spell(value, new Random(another))));
    }

    @Property(tries = 500)
    void theCanonicalFormIsItsOwnCanonicalForm(@ForAll("values") Object value, @ForAll long seed) throws IOException {
        String canonical = JsonCanonicalTest.canonical(spell(value, new Random(seed)));

        assertThat(JsonCanonicalTest.canonical(canonical)).isEqualTo(canonical);
    }

    @Property
    void numbersKeepTheirValue(@ForAll BigDecimal number) throws IOException {
        assertThat(new BigDecimal(JsonCanonicalTest.canonical(number.toString())))
                .isEqualByComparingTo(number);
    }

    /** RFC 8785 for all numbers that a double holds as they are written. */
    @Property
    void wholeNumbersOfADoubleAreWrittenAsEcmaScriptDoes(@ForAll int number, @ForAll("exponents") int exponent)
            throws IOException {
        BigDecimal value = BigDecimal.valueOf(number).scaleByPowerOfTen(exponent);
        String plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();

        assertThat(JsonCanonicalTest.canonical(number + "e" + exponent)).isEqualTo(plain);
    }

    @Provide
    Arbitrary<Integer> exponents() {
        return Arbitraries.integers().between(-5, 11);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(5).map(s -> (Object) s),
                Arbitraries.bigDecimals().map(n -> (Object) n),
                Arbitraries.of(true, false).map(b -> (Object) b));
        return Arbitraries.recursive(() -> leaf, JsonCanonicalPropertyTest::compound, 0, 3);
    }

    private static Arbitrary<Object> compound(Arbitrary<Object> inner) {
        return Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(l -> (Object) l),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), inner)
                        .ofMaxSize(4)
                        .map(m -> (Object) m));
    }

    private static String spell(Object value, Random random) {
        String space = " \t\r\n".substring(0, random.nextInt(5));
        if (value instanceof Map<?, ?> members) {
            List<String> spelled = new ArrayList<>();
            new TreeMap<>(members)
                    .forEach((name, member) -> spelled.add(spell(name, random) + space + ":" + spell(member, random)));
            Collections.shuffle(spelled, random);
            return "{" + space + String.join(space + "," + space, spelled) + "}";
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(
                            "," + space,
                            list.stream().map(v -> spell(v, random)).toList()) + space + "]";
        }
        if (value instanceof BigDecimal number) {
            int shift = random.nextInt(7) - 3;
            return space + number.movePointRight(shift).toPlainString() + (random.nextBoolean() ? "e" : "E") + -shift;
        }
        return value instanceof String text ? quote(text, random) : value + space;
    }

    private static String quote(String text, Random random) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
            if (plain && random.nextBoolean()) {
                out.append(c);
            } else {
                out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            }
        }
        return out.append('"').toString();
    }
}
