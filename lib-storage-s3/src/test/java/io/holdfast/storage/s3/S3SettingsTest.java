// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.ObjectName;
import io.holdfast.store.PutMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class S3SettingsTest {
    private static S3Settings settings(Map<String, String> storageClasses) {
        return new S3Settings(
                "bucket",
                "",
                ChecksumMode.MD5,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                storageClasses,
                100,
                1_000);
    }

    @Test
    void ofSeveralStorageClassesThatFitTheFirstThatWasGivenHolds() {
        Map<String, String> classes = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            classes.put("data/" + i % 10 + i / 10, "CLASS_" + i);
        }
        classes.put("data/", "COLD");
        classes.put("", "ALL");
        S3Settings settings = settings(classes);

        assertThat(settings.storageClass(new ObjectName("data/30/x"))).hasValue("CLASS_3");
        assertThat(settings.storageClass(new ObjectName("data/ab/x"))).hasValue("COLD");
        assertThat(settings.storageClass(new ObjectName("leases/x"))).hasValue("ALL");
    }

    @Test
    void onlyPutsWithoutAConditionGoInPartsEarly() {
        S3Settings settings = settings(Map.of());

        assertThat(settings.inParts(101, PutMode.overwrite())).isTrue();
        assertThat(settings.inParts(1_000, PutMode.createOnly())).isFalse();
        assertThat(settings.inParts(1_001, PutMode.replaceVersion("1"))).isTrue();
        assertThat(settings.inParts().inParts(1, PutMode.createOnly())).isTrue();
        assertThat(settings.inParts().inParts(0, PutMode.createOnly())).isFalse();
    }
}
