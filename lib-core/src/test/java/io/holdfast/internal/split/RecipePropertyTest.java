// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import io.holdfast.internal.split.RecipeOp.Literal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecipePropertyTest {
    @Property
    void everyRecipeReadsBackEqual(@ForAll("recipes") Recipe recipe) throws IOException {
        assertThat(Recipe.decode(recipe.encode())).isEqualTo(recipe);
    }

    @Property
    void everyTruncationAndEveryAppendedByteIsRefused(@ForAll("recipes") Recipe recipe, @ForAll byte more) {
        byte[] encoded = recipe.encode();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cutOff = Arrays.copyOf(encoded, length);
            assertThatIOException().isThrownBy(() -> Recipe.decode(cutOff));
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        longer[encoded.length] = more;
        assertThatIOException().isThrownBy(() -> Recipe.decode(longer));
    }

    /** One recipe has one encoding: what can be read at all is written again as it was. */
    @Property(tries = 5000)
    void anyBytesAreRefusedOrAreTheEncodingOfWhatTheyMean(@ForAll("nearlyRecipes") byte[] bytes) {
        Recipe recipe;
        try {
            recipe = Recipe.decode(bytes);
        } catch (IOException refused) {
            assertThat(refused).hasMessageStartingWith("a recipe ");
            return;
        }
        assertThat(recipe.encode()).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<byte[]> nearlyRecipes() {
        Arbitrary<byte[]> changed = Combinators.combine(
                        recipes(), Arbitraries.integers().between(0, 1000), Arbitraries.bytes())
                .as((recipe, at, value) -> {
                    byte[] encoded = recipe.encode();
                    encoded[at % encoded.length] = value;
                    return encoded;
                });
        return Arbitraries.oneOf(changed, Arbitraries.bytes().array(byte[].class));
    }

    @Provide
    Arbitrary<Recipe> recipes() {
        Arbitrary<Long> lengths = Arbitraries.longs().between(0, RecipeOp.MAX_BYTES);
        return Combinators.combine(
                        lengths, runs().list().ofMaxSize(20), lengths.list().ofSize(20))
                .as((first, runs, literals) -> {
                    List<RecipeOp> ops = new ArrayList<>();
                    addLiteral(ops, first);
                    for (Base64Run run : runs) {
                        int stream = 1
                                + (int) ops.stream()
                                        .filter(Base64Run.class::isInstance)
                                        .count();
                        ops.add(new Base64Run(
                                stream, run.decodedBytes(), run.lineLength(), run.lineEnd(), run.lastLineEnds()));
                        addLiteral(ops, literals.get(stream - 1));
                    }
                    return new Recipe(ops);
                });
    }

    private static void addLiteral(List<RecipeOp> ops, long bytes) {
        if (bytes > 0) {
            ops.add(new Literal(bytes));
        }
    }

    private static Arbitrary<Base64Run> runs() {
        Arbitrary<Integer> lines =
                Arbitraries.integers().between(0, Base64Run.MAX_LINE / 4).map(groups -> groups * 4);
        return Combinators.combine(
                        Arbitraries.longs().between(1, RecipeOp.MAX_BYTES),
                        Arbitraries.oneOf(Arbitraries.of(76, 0), lines),
                        Arbitraries.of(LineEnd.class),
                        Arbitraries.of(true, false))
                .as((decoded, line, lineEnd, ends) -> new Base64Run(1, decoded, line, lineEnd, ends));
    }
}
