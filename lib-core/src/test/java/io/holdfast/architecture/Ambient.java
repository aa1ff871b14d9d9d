// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Time, sleep, randomness and threads that come from nowhere: only the runtime package may touch them. */
final class Ambient {
    private static final String CONSTRUCTOR = "<init>";

    /** Owner and name; every overload is meant. */
    private static final Set<String> CALLS = Set.of(
            "java.lang.Math.random",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.lang.Thread.<init>",
            "java.lang.Thread.startVirtualThread",
            "java.lang.Thread.ofVirtual",
            "java.lang.Thread.ofPlatform",
            "java.security.SecureRandom.<init>",
            "java.security.SecureRandom.getInstance",
            "java.security.SecureRandom.getInstanceStrong",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.time.Clock.tick",
            "java.time.Clock.tickMillis",
            "java.time.Clock.tickSeconds",
            "java.time.Clock.tickMinutes",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.util.Timer.<init>",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ForkJoinPool.commonPool",
            "java.util.concurrent.ForkJoinPool.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.concurrent.ThreadPoolExecutor.<init>",
            "java.util.concurrent.ScheduledThreadPoolExecutor.<init>",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of");

    /** Ambient only without an argument: given a clock or a generator they are fine. */
    private static final Set<String> CALLS_WITHOUT_ARGUMENT = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.LocalTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Year.now",
            "java.time.YearMonth.now",
            "java.util.Date.<init>",
            "java.util.Calendar.getInstance");

    private static final String EXECUTORS = "java.util.concurrent.Executors";

    private Ambient() {}

    /** Classes outside of the runtime package take time, sleep, randomness and threads as arguments. */
    static ArchCondition<JavaClass> stayInside(String runtimePackage) {
        return new ArchCondition<>("get time, sleep, randomness and threads from " + runtimePackage) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                if (origin.getPackageName().equals(runtimePackage)) {
                    return;
                }
                for (JavaCodeUnitAccess<?> access : origin.getCodeUnitAccessesFromSelf()) {
                    if (isAmbient(access)) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
                origin.getRawSuperclass()
                        .filter(parent -> parent.isEquivalentTo(Thread.class))
                        .ifPresent(parent -> events.add(
                                SimpleConditionEvent.violated(origin, origin.getName() + " is a thread of its own")));
            }
        };
    }

    private static boolean isAmbient(JavaCodeUnitAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String call = owner + "."
                + (access.getTarget().getName().isEmpty()
                        ? CONSTRUCTOR
                        : access.getTarget().getName());
        return CALLS.contains(call)
                || owner.equals(EXECUTORS)
                || CALLS_WITHOUT_ARGUMENT.contains(call)
                        && access.getTarget().getRawParameterTypes().isEmpty();
    }
}
