// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** How a single class has to look: its name, its openness, its state, its errors, its libraries. */
final class Shape {
    private static final Set<String> EMPTY_WORDS =
            Set.of("Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Impl", "Info");

    private static final Pattern CAMEL_BORDER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    /** Packages of a library to the packages of ours that may use it; a trailing dot means everything below. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "com.fasterxml.jackson.", List.of("internal."),
            "com.github.benmanes.caffeine.", List.of("internal.", "identity"),
            "com.github.luben.zstd.", List.of("internal."),
            "dev.failsafe.", List.of(),
            "org.bouncycastle.", List.of("crypto", "internal.seal"));

    private Shape() {}

    /** No word in a name that says nothing about the role. {@code Data} counts as such at the end of a name only. */
    static ArchCondition<JavaClass> haveTellingNames() {
        return condition("have names that tell their role", (type, events) -> {
            List<String> words = List.of(CAMEL_BORDER.split(type.getSimpleName()));
            boolean empty = words.stream().anyMatch(EMPTY_WORDS::contains);
            if (empty || words.get(words.size() - 1).equals("Data")) {
                violated(events, type, type.getName() + " has a word in its name that tells no role");
            }
        });
    }

    /** Whatever can be instantiated cannot be extended. */
    static ArchCondition<JavaClass> beFinalOrAbstract() {
        return condition("be final, abstract or sealed", (type, events) -> {
            Set<JavaModifier> modifiers = type.getModifiers();
            boolean closed = modifiers.contains(JavaModifier.FINAL)
                    || modifiers.contains(JavaModifier.ABSTRACT)
                    || type.isAnonymousClass()
                    || type.isEnum()
                    || isEnumConstant(type)
                    || type.reflect().isSealed();
            if (!closed) {
                violated(events, type, type.getName() + " can be extended by anybody; make it final");
            }
        });
    }

    /** No state that outlives a session and is shared by strangers. */
    static ArchCondition<JavaClass> haveNoStaticState() {
        return condition("have no static state", (type, events) -> {
            for (JavaField field : type.getFields()) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (modifiers.contains(JavaModifier.STATIC)
                        && !modifiers.contains(JavaModifier.FINAL)
                        && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                    violated(events, type, field.getFullName() + " is static and not final");
                }
            }
        });
    }

    /**
     * Errors of the family are final, and take their code from the enum of codes.
     *
     * @param root the root of the family
     * @param code the enum of codes
     */
    static ArchCondition<JavaClass> beErrorsOfTheFamily(Class<? extends Throwable> root, Class<?> code) {
        return condition("be final and carry a code", (type, events) -> {
            if (!type.isAssignableTo(root) || type.isEquivalentTo(root)) {
                return;
            }
            int modifiers = type.reflect().getModifiers();
            if (!Modifier.isFinal(modifiers)
                    && !(Modifier.isAbstract(modifiers) && type.reflect().isSealed())) {
                violated(events, type, type.getName() + " is neither final nor abstract and sealed");
            }
            boolean coded = type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .anyMatch(target -> target.isEquivalentTo(code));
            if (!coded) {
                violated(events, type, type.getName() + " names no " + code.getSimpleName());
            }
        });
    }

    /**
     * Nobody can act on an unchecked error that has no code.
     *
     * @param root the root of the family
     * @param inside those that never reach a host
     */
    static ArchCondition<JavaClass> notInventUncheckedErrors(
            Class<? extends Throwable> root, Set<Class<? extends RuntimeException>> inside) {
        return condition("not be unchecked errors outside of the family", (type, events) -> {
            if (type.isAssignableTo(RuntimeException.class)
                    && !type.isAssignableTo(root)
                    && inside.stream().noneMatch(type::isEquivalentTo)) {
                violated(events, type, type.getName() + " is unchecked and no " + root.getSimpleName());
            }
        });
    }

    /** Every package says what it is for and that nothing in it is null unless it says so. */
    static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return condition("live in a package whose package-info has @NullMarked", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                violated(events, type, type.getName() + " lives in a package without @NullMarked package-info");
            }
        });
    }

    /**
     * Each library has one home, so that it can be replaced.
     *
     * @param base the package that the homes are relative to
     */
    static ArchCondition<JavaClass> keepLibrariesAtHome(String base) {
        return condition("use a library only in its home package", (type, events) -> {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName() + ".";
                LIBRARIES.forEach((library, homes) -> {
                    if (target.startsWith(library)
                            && homes.stream().noneMatch(home -> isBelow(type.getPackageName(), base + "." + home))) {
                        violated(
                                events,
                                type,
                                "only " + homes + " may use " + library + ": " + dependency.getDescription());
                    }
                });
            }
        });
    }

    private static boolean isBelow(String name, String home) {
        return home.endsWith(".") ? name.startsWith(home) : name.equals(home);
    }

    private static boolean isEnumConstant(JavaClass type) {
        return type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
    }

    private static ArchCondition<JavaClass> condition(String text, BiConsumer<JavaClass, ConditionEvents> check) {
        return new ArchCondition<>(text) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, events);
            }
        };
    }

    private static void violated(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }
}
