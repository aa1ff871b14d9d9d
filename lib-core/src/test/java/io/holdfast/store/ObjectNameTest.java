// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ObjectNameTest {
    @Test
    void takesWhatEveryStoreCanKeep() {
        assertThat(List.of("a", "0/00000000000000000001", ".a", "a..b/c_d-e", "x".repeat(255)))
                .allSatisfy(name -> assertThat(new ObjectName(name)).hasToString(name));
    }

    @Test
    void refusesWhatSomeStoreWouldChangeOrMisread() {
        List<String> refused = List.of(
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/../b",
                "a/.",
                "...",
                "a.",
                "a./b",
                "A",
                "a b",
                "a+b",
                "\u00e9",
                "a\\b",
                "a:b",
                "x".repeat(256));

        assertThat(refused).allSatisfy(name -> {
            assertThat(ObjectName.isValid(name)).as("'%s'", name).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ObjectName(name))
                    .withMessageContaining("'" + name + "'");
        });
    }
}
