// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** Each rule finds what was broken on purpose, and nothing else. */
final class RulesBiteTest {
    private static final String BROKEN = "io.holdfast.architecture.broken";

    @Test
    void anImportAgainstTheArrowsIsFoundEvenInAnArray() {
        Map<String, Set<String>> arrows = Map.of("low", Set.of(), "high", Set.of("low"));

        assertFindings("arrows", Arrows.follow(BROKEN + ".arrows", arrows))
                .isNotEmpty()
                .allMatch(finding ->
                        finding.contains("no arrow from low to high") || finding.contains("not on the map: stray"))
                .anyMatch(finding -> finding.contains("no arrow from low to high"))
                .anyMatch(finding -> finding.contains("not on the map: stray"));
    }

    @Test
    void aTypeThatIsNoValueIsFound() {
        assertFindings("shape", Arrows.nameOnlyValues(BROKEN + ".shape", "io.holdfast.error"))
                .isNotEmpty()
                .allMatch(finding -> finding.contains("HoldfastException is no value"));
    }

    @Test
    void aCycleIsFound() {
        EvaluationResult result = slices().matching(BROKEN + ".arrows.(**)")
                .should()
                .beFreeOfCycles()
                .evaluate(classesOf("arrows"));

        assertThat(result.getFailureReport().getDetails()).hasSize(1);
    }

    @Test
    void ambientCallsAreFoundInCallsAndInReferences() {
        ListAssert<String> findings = assertFindings("ambient", Ambient.stayInside("io.holdfast.runtime"));

        for (String member : List.of(
                "readsTheClock",
                "takesTheSystemClock",
                "refersToTheMonotonicClock",
                "readsMillis",
                "sleeps",
                "throwsDice",
                "makesGenerators",
                "refersToRandomIds",
                "startsThreads",
                "makesAnExecutor",
                "Worker is a thread of its own")) {
            findings.anyMatch(finding -> finding.contains(member));
        }
        findings.noneMatch(finding -> finding.contains("isGivenAClock"));
    }

    @Test
    void theRuntimePackageItselfIsFree() {
        assertFindings("ambient", Ambient.stayInside(BROKEN + ".ambient")).isEmpty();
    }

    @Test
    void aLibraryInASignatureIsFound() {
        assertFindings("signatures", Signatures.nameOnlyWhatACallerHas(Set.of(BROKEN + ".signatures")))
                .hasSize(5)
                .anyMatch(finding -> finding.contains("Leaky shows org.slf4j.Logger"))
                .anyMatch(finding -> finding.contains("inAWildcardOfAField shows dev.failsafe.Policy"))
                .anyMatch(finding -> finding.contains("inAReturnType() shows com.github.benmanes.caffeine.cache.Cache"))
                .anyMatch(finding -> finding.contains("shows com.fasterxml.jackson.core.JsonFactory"))
                .anyMatch(finding -> finding.contains("shows com.fasterxml.jackson.core.JsonProcessingException"));
    }

    @Test
    void whatIsNotExportedMayNameALibrary() {
        assertFindings("signatures", Signatures.nameOnlyWhatACallerHas(Set.of("io.holdfast.model")))
                .isEmpty();
    }

    @Test
    void aNameThatTellsNoRoleIsFound() {
        assertFindings("shape", Shape.haveTellingNames())
                .hasSize(3)
                .anyMatch(finding -> finding.contains("PathHelper"))
                .anyMatch(finding -> finding.contains("HTTPUtil"))
                .anyMatch(finding -> finding.contains("SnapshotData"));
    }

    @Test
    void aClassThatAnybodyCanExtendIsFound() {
        assertFindings("shape", Shape.beFinalOrAbstract())
                .hasSize(2)
                .anyMatch(finding -> finding.contains("OpenToAll"))
                .anyMatch(finding -> finding.contains("LooseException"));
    }

    @Test
    void staticStateIsFound() {
        assertFindings("shape", Shape.haveNoStaticState())
                .singleElement()
                .asString()
                .contains("Forgetful.count");
    }

    @Test
    void anErrorThatIsOpenOrHasNoCodeIsFound() {
        assertFindings("shape", Shape.beErrorsOfTheFamily(HoldfastException.class, ErrorCode.class))
                .hasSize(2)
                .anyMatch(finding -> finding.contains("LooseException is neither final"))
                .anyMatch(finding -> finding.contains("UncodedException names no ErrorCode"));
    }

    @Test
    void anUncheckedErrorOutsideOfTheFamilyIsFound() {
        assertFindings("shape", Shape.notInventUncheckedErrors(HoldfastException.class, Set.of()))
                .singleElement()
                .asString()
                .contains("StrangerException");
    }

    @Test
    void aLibraryOutsideOfItsHomeIsFound() {
        assertFindings("shape", Shape.keepLibrariesAtHome("io.holdfast"))
                .isNotEmpty()
                .allMatch(finding -> finding.contains("com.github.luben.zstd"));
    }

    @Test
    void aPackageThatIsNotNullMarkedIsFound() {
        assertFindings("unmarked", Shape.liveInANullMarkedPackage()).hasSize(1);
        assertFindings("shape", Shape.liveInANullMarkedPackage()).isEmpty();
    }

    private static ListAssert<String> assertFindings(String fixture, ArchCondition<JavaClass> condition) {
        return assertThat(ArchRuleDefinition.classes()
                .should(condition)
                .evaluate(classesOf(fixture))
                .getFailureReport()
                .getDetails());
    }

    private static JavaClasses classesOf(String fixture) {
        URL marker = RulesBiteTest.class.getResource("broken/" + fixture);
        assertThat(marker).as("fixture %s", fixture).isNotNull();
        return new ClassFileImporter().importUrl(marker);
    }
}
