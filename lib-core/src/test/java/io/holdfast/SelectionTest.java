// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

    /** A restore that goes on in another process must find itself: sets are ordered anew in each. */
    @Test
    void hasOneTextInEveryProcessWhateverTheOrder() {
        List<String> keys =
                new ArrayList<>(IntStream.range(10, 30).mapToObj(i -> "key" + i).toList());
        String text = Selection.items(keys.toArray(String[]::new)).canonical();
        Collections.reverse(keys);

        assertThat(Selection.items(keys.toArray(String[]::new)).canonical()).isEqualTo(text);
        assertThat(text).startsWith(";;;5:key10,5:key11,5:key12,").endsWith(",5:key29;");
    }

    @Test
    void differsWhereTheCriteriaDo() {
        assertThat(List.of(
                        Selection.all().canonical(),
                        Selection.users("a").canonical(),
                        Selection.workloads("a").canonical(),
                        Selection.resources("a").canonical(),
                        Selection.items("a").canonical(),
                        Selection.items("a", "b").canonical(),
                        Selection.items("a,1:b").canonical(),
                        Selection.path("a").canonical()))
                .doesNotHaveDuplicates();
    }
}
