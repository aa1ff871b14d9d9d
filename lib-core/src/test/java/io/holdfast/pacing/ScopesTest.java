// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a pacer remembers of scopes: beyond the life of a process, at what size, and for how long. */
class ScopesTest {
    private final EventTime time = new EventTime();
    private final Random random = new Random(1);
    private final List<Permit> permits = new ArrayList<>();

    private Pacer.Builder builder() {
        return Pacer.builder(time, random::nextBytes);
    }

    private static Scope pool(String tenant) {
        return Scope.provider("p").within(ScopeLevel.TENANT, tenant).within(ScopeLevel.POOL, "mail");
    }

    private static Scope mailbox(String tenant, String name) {
        return pool(tenant).within(ScopeLevel.RESOURCE, name);
    }

    private static PacedRequest backup(Scope scope) {
        return new PacedRequest(scope, "op", Cost.request(1), Priority.BACKUP);
    }

    private void offer(Pacer pacer, PacedRequest request) {
        pacer.offer(request, Duration.ofMinutes(15), admission -> {
            if (admission instanceof Admission.Admitted admitted) {
                permits.add(admitted.permit());
            }
        });
    }

    private static PacingProfile slots(int count) {
        return PacingProfile.builder()
                .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(count))
                .build();
    }

    @Test
    void remembersALongBudgetBeyondTheProcess() {
        PacingProfile daily = PacingProfile.builder()
                .limit("mail", ScopeLevel.POOL, new Limit.Rate(Meter.REQUESTS, 24_000, Duration.ofDays(1)))
                .build();
        Pacer first = builder().profile(daily).build();
        for (int i = 0; i < 400; i++) {
            offer(first, backup(pool("t")));
        }
        int spentAtOnce = permits.size();
        assertThat(spentAtOnce).isBetween(200, 260);

        Pacer second = builder().profile(daily).restoring(first.save()).build();
        for (int i = 0; i < 400; i++) {
            offer(second, backup(pool("t")));
        }

        assertThat(permits.size() - spentAtOnce).isLessThan(5);
    }

    @Test
    void remembersALongBudgetWhoseLimitAConnectorBringsAlongLater() {
        PacingProfile daily = PacingProfile.builder()
                .limit("mail", ScopeLevel.POOL, new Limit.Rate(Meter.REQUESTS, 24_000, Duration.ofDays(1)))
                .build();
        Pacer first = builder().build();
        first.adopt(daily);
        for (int i = 0; i < 400; i++) {
            offer(first, backup(pool("t")));
        }
        int spentAtOnce = permits.size();

        Pacer second = builder().restoring(first.save()).build();
        assertThat(second.save()).as("of a tenant that is not in use").isEqualTo(first.save());
        second.adopt(daily);
        for (int i = 0; i < 400; i++) {
            offer(second, backup(pool("t")));
        }

        assertThat(permits.size() - spentAtOnce).isLessThan(5);
    }

    @Test
    void aHundredThousandScopesTakeTwoHundredMegabytesAtMost() {
        long before = heap();
        Pacer pacer = builder()
                .profile(PacingProfile.builder()
                        .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(4))
                        .limit(
                                "mail",
                                ScopeLevel.RESOURCE,
                                new Limit.Rate(Meter.REQUESTS, 10_000, Duration.ofMinutes(10)))
                        .build())
                .build();
        for (int i = 0; i < 100_000; i++) {
            offer(pacer, backup(mailbox("t" + i % 50, "m" + i)));
            permits.remove(permits.size() - 1).close();
        }

        long used = heap() - before;
        System.out.printf(Locale.ROOT, "100,000 mailboxes take %d bytes each%n", used / 100_000);
        assertThat(pacer.scopeCount()).isGreaterThanOrEqualTo(100_000);
        assertThat(used).isLessThan(200_000_000);
    }

    /** What is in use after a collection; several, since one may leave what another thread has just let go. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @Test
    void forgetsScopesThatNobodyUses() {
        Pacer pacer = builder().profile(slots(4)).build();
        for (int i = 0; i < 1_000; i++) {
            offer(pacer, backup(mailbox("t", "m" + i)));
        }
        assertThat(pacer.scopeCount()).isEqualTo(1_000);
        permits.forEach(Permit::close);
        time.sleep(Duration.ofMinutes(11));

        for (int i = 0; i < 600; i++) {
            offer(pacer, backup(mailbox("t", "busy")));
            permits.get(permits.size() - 1).close();
        }

        assertThat(pacer.scopeCount()).isEqualTo(1);
    }
}
