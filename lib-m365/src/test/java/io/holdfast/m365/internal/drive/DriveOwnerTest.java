// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.m365.internal.workload.Owner;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose the drive of a personal site is. */
final class DriveOwnerTest {
    private static final Owner ADA = new Owner(
            "0a1b",
            "ada@contoso.example",
            "Ada",
            Optional.of("a.example@contoso.example"),
            Owner.State.MEMBER,
            Set.of());

    private static boolean mayBeAdas(Optional<String> id, Optional<String> mail) {
        return new Sites.Drive("b!1", "OneDrive", id, mail).mayBeOf(ADA);
    }

    @Test
    void theIdOfItsOwnerDecides() {
        assertThat(mayBeAdas(Optional.of("0A1B"), Optional.empty())).isTrue();
        assertThat(mayBeAdas(Optional.of("0a1b"), Optional.of("former.name@contoso.example")))
                .isTrue();
        assertThat(mayBeAdas(Optional.of("ffff"), Optional.of("ada@contoso.example")))
                .isFalse();
    }

    @Test
    void whereNoIdIsToldTheNameOfTheSiteIsBelieved() {
        assertThat(mayBeAdas(Optional.empty(), Optional.empty())).isTrue();
        assertThat(mayBeAdas(Optional.empty(), Optional.of("a.example@contoso.example")))
                .isTrue();
    }
}
