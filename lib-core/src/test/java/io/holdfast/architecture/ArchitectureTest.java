// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.retry.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
final class ArchitectureTest {
    private static final String BASE = "io.holdfast";

    private JavaClasses core;
    private Set<String> exported;

    @BeforeAll
    void readTheModule() throws Exception {
        core = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(BASE);
        exported = exportsOf(Path.of(HoldfastException.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("module-info.class"));
    }

    @Test
    void importsFollowTheArrowsOfTheMap() {
        check(Arrows.follow(BASE, Arrows.OF_CORE));
    }

    @Test
    void theFormatNamesOnlyValuesOfASource() {
        check(Arrows.nameOnlyValues(BASE + ".internal.format", BASE + ".source"));
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(core);
    }

    @Test
    void signaturesOfExportedPackagesNameNoLibrary() {
        check(Signatures.nameOnlyWhatACallerHas(exported));
    }

    @Test
    void everyPackageIsExportedOrInternal() {
        Set<String> open = core.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith(BASE + ".internal."))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(exported).containsExactlyInAnyOrderElementsOf(open);
    }

    @Test
    void timeSleepRandomnessAndThreadsComeFromTheRuntime() {
        check(Ambient.stayInside(BASE + ".runtime"));
    }

    @Test
    void eachLibraryHasOneHome() {
        check(Shape.keepLibrariesAtHome(BASE));
    }

    @Test
    void namesTellTheRole() {
        check(Shape.haveTellingNames());
    }

    @Test
    void classesAreFinalUnlessMeantToBeExtended() {
        check(Shape.beFinalOrAbstract());
    }

    @Test
    void nothingIsStaticAndChangeable() {
        check(Shape.haveNoStaticState());
    }

    @Test
    void errorsAreFinalAndCarryACode() {
        check(Shape.beErrorsOfTheFamily(HoldfastException.class, ErrorCode.class));
    }

    @Test
    void uncheckedErrorsBelongToTheFamily() {
        check(Shape.notInventUncheckedErrors(HoldfastException.class, Set.of(FailureException.class)));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(Shape.liveInANullMarkedPackage());
    }

    private void check(ArchCondition<JavaClass> condition) {
        classes().should(condition).check(core);
    }

    private static Set<String> exportsOf(Path moduleInfo) throws IOException {
        try (InputStream in = Files.newInputStream(moduleInfo)) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
