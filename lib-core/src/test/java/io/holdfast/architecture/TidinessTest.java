// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TidinessTest {
    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";

    @Test
    void findsASourceWithoutLicence() {
        assertThat(Tidiness.licence(List.of(LICENCE, "package a;"))).isEmpty();
        assertThat(Tidiness.licence(List.of("#!/bin/sh", "# SPDX-License-Identifier: Apache-2.0")))
                .isEmpty();
        assertThat(Tidiness.licence(List.of("package a;", LICENCE))).hasSize(1);
        assertThat(Tidiness.licence(List.of())).hasSize(1);
        assertThat(Tidiness.licence(List.of("#!/bin/sh"))).hasSize(1);
    }

    @Test
    void findsWorkThatIsLeftForLater() {
        assertThat(Tidiness.promises(List.of("fine", "// TO" + "DO: later", "/* FIX" + "ME */")))
                .containsExactly("line 2 leaves something for later", "line 3 leaves something for later");
        assertThat(Tidiness.promises(List.of("autodoc", "XXXL"))).isEmpty();
    }

    @Test
    void findsATestThatIsSwitchedOff() {
        assertThat(Tidiness.skippedTests(List.of("    @Disabled(\"flaky\")", "    assumeTrue(false);")))
                .hasSize(2);
        assertThat(Tidiness.skippedTests(List.of("    @Test"))).isEmpty();
    }

    @Test
    void findsAFileThatIsTooLong() {
        assertThat(Tidiness.length(Collections.nCopies(450, ""))).isEmpty();
        assertThat(Tidiness.length(Collections.nCopies(451, ""))).hasSize(1);
    }

    @Test
    void findsAMethodThatIsTooLongAndSparesTypes() {
        assertThat(Tidiness.longMethods(member("    void run(", 66))).isEmpty();
        assertThat(Tidiness.longMethods(member("    void run(", 67))).containsExactly("line 2: a method of 71 lines");
        assertThat(Tidiness.longMethods(member("    static final class Nested", 100)))
                .isEmpty();
    }

    @Test
    void findsALinkThatLeadsNowhere(@TempDir Path folder) throws IOException {
        Path document = Files.createFile(folder.resolve("a.md"));
        Files.createFile(folder.resolve("b.md"));

        assertThat(Tidiness.deadLinks(document, "[b](b.md) [part](b.md#x) [here](#y) [web](https://a.example/z)"))
                .isEmpty();
        assertThat(Tidiness.deadLinks(document, "see [c](c.md#x) and ![d](img/d.png \"D\")"))
                .containsExactly("links to c.md, which does not exist", "links to img/d.png, which does not exist");
    }

    @Test
    void readsTheRowsOfTheErrorTable() {
        assertThat(Tidiness.errorRows("| code | meaning |\n|---|---|\n| `STORE-001` | gone |\n| KEY-002 | bad |\n"))
                .containsExactly("KEY-002", "STORE-001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tidiness.errorRows("| A-001 | x |\n| A-001 | y |\n"))
                .withMessageContaining("A-001");
    }

    private static List<String> member(String head, int statements) {
        List<String> lines = new ArrayList<>(List.of("final class A {", head, "            int a) {"));
        lines.addAll(Collections.nCopies(statements, "        step();"));
        lines.addAll(List.of("", "    }", "}"));
        return lines;
    }
}
