// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A JVM does not start at all with an option or a file of directives that it cannot read, and some talk about them on standard output. */
class LauncherOptionsTest {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @Test
    void theJvmTakesTheOptionsOfTheLauncherInSilence() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(tuning());
        words.add("-XX:CompilerDirectivesFile=" + HOME.resolve("compiler-directives.json"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), BackupCli.class.getName(), "--version"));

        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).startsWith("backup-cli ").hasLineCount(1);
    }

    private static List<String> tuning() throws IOException {
        String launcher = Files.readString(HOME.resolve("backup-cli"));
        assertThat(launcher).contains("-XX:CompilerDirectivesFile=\"$home/compiler-directives.json\"");
        Matcher line = Pattern.compile("(?m)^tuning=\"(-XX[^\"$]*)\"$").matcher(launcher);
        assertThat(line.find()).isTrue();
        return List.of(line.group(1).split(" "));
    }
}
