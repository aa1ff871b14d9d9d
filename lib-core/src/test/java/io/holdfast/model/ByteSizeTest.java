// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "12B, 12",
        "512MB, 512000000",
        "512MiB, 536870912",
        "512mib, 536870912",
        "1.5 GiB, 1610612736",
        "3kB, 3000",
        "2TB, 2000000000000",
        "2TiB, 2199023255552",
        "9223372036854775807, 9223372036854775807"
    })
    void readsNumbersWithBinaryAndDecimalUnits(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MB",
                "-1",
                "1.2.3MB",
                "12 parsecs",
                "0.5B",
                "9223372036854775808",
                "9999999TiB",
                "1e3",
                "５MB"
            })
    void refusesWhatIsNoSizeAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @Test
    void refusesANegativeSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.bytes(-1))
                .withMessageContaining("-1");
    }

    @Test
    void refusesToOverflow() {
        assertThat(ByteSize.gibibytes((1L << 33) - 1).bytes()).isEqualTo(Long.MAX_VALUE - (1L << 30) + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.gibibytes(1L << 33));
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.kibibytes(-1));
    }

    @Test
    void printsTheLargestUnitThatIsExact() {
        assertThat(ByteSize.ZERO).hasToString("0B");
        assertThat(ByteSize.bytes(4097)).hasToString("4097B");
        assertThat(ByteSize.kibibytes(64)).hasToString("64KiB");
        assertThat(ByteSize.mebibytes(1024)).hasToString("1GiB");
        assertThat(ByteSize.bytes(2_000_000)).hasToString("2MB");
    }

    @Test
    void sortsByLength() {
        assertThat(ByteSize.kibibytes(1)).isLessThan(ByteSize.mebibytes(1));
    }
}
