// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a caller can see of an exported package: types of the JDK and of exported packages, nothing else. */
final class Signatures {
    private Signatures() {}

    /**
     * Public and protected signatures of the exported packages name only types that a caller can have.
     *
     * @param exported the exported packages
     */
    static ArchCondition<JavaClass> nameOnlyWhatACallerHas(Set<String> exported) {
        return new ArchCondition<>("name only JDK types and exported types in public and protected signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!exported.contains(type.getPackageName()) || !isVisible(type)) {
                    return;
                }
                report(type, type.getName(), headTypes(type), exported, events);
                type.getMembers().stream()
                        .filter(Signatures::isVisible)
                        .forEach(member -> report(type, member.getFullName(), memberTypes(member), exported, events));
            }
        };
    }

    private static void report(
            JavaClass type, String where, Set<JavaType> named, Set<String> exported, ConditionEvents events) {
        named.stream()
                .flatMap(seen -> seen.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(seen -> !isAllowed(seen, exported))
                .distinct()
                .forEach(seen -> events.add(
                        SimpleConditionEvent.violated(type, where + " shows " + seen.getName() + " to its callers")));
    }

    private static Set<JavaType> headTypes(JavaClass type) {
        Set<JavaType> types = new LinkedHashSet<>(type.getInterfaces());
        type.getSuperclass().ifPresent(types::add);
        type.getTypeParameters().forEach(parameter -> types.addAll(parameter.getUpperBounds()));
        return types;
    }

    private static Set<JavaType> memberTypes(JavaMember member) {
        Set<JavaType> types = new LinkedHashSet<>();
        if (member instanceof JavaField field) {
            types.add(field.getType());
        } else if (member instanceof JavaCodeUnit unit) {
            types.add(unit.getReturnType());
            types.addAll(unit.getParameterTypes());
            types.addAll(unit.getExceptionTypes());
            unit.getTypeParameters().forEach(parameter -> types.addAll(parameter.getUpperBounds()));
        }
        return types;
    }

    private static boolean isAllowed(JavaClass seen, Set<String> exported) {
        String home = seen.getPackageName();
        return seen.isPrimitive() || home.startsWith("java.") || home.startsWith("javax.") || exported.contains(home);
    }

    private static boolean isVisible(JavaMember member) {
        return (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isVisible(JavaClass type) {
        boolean open = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return open && type.getEnclosingClass().map(Signatures::isVisible).orElse(true);
    }
}
