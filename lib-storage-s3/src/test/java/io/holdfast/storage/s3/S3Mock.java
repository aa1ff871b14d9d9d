// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts S3Mock, which honours conditions and enforces no lock, in a process of its own, once for all tests, and gives it to them. */
final class S3Mock implements ParameterResolver {
    private static final Path JAR = Path.of("target", "servers", "s3mock.jar");
    private static final Pattern STARTED = Pattern.compile("started on ports \\d+ \\(https\\), (\\d+) \\(http\\)");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == S3Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(S3Mock.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .server();
    }

    /** The process, which ends with the tests. */
    private record Running(Process process, S3Server server) implements AutoCloseable {
        static Running start() {
            try {
                Path root = Files.createTempDirectory("s3mock");
                Path log = root.resolve("log");
                ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        JAR.toString(),
                        "--http.port=0",
                        "--server.port=0");
                builder.environment()
                        .put(
                                "COM_ADOBE_TESTING_S3MOCK_STORE_ROOT",
                                Files.createDirectory(root.resolve("store")).toString());
                Process process = builder.redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                URI endpoint = URI.create("http://127.0.0.1:" + port(process, log));
                return new Running(process, new S3Server(endpoint, S3Credentials.of("any", "any")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String port(Process process, Path log) throws IOException {
            while (true) {
                List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
                for (String line : lines) {
                    Matcher started = STARTED.matcher(line);
                    if (started.find()) {
                        return started.group(1);
                    }
                }
                if (ended(process)) {
                    throw new AssertionError("S3Mock did not start: " + String.join("\n", lines));
                }
            }
        }

        private static boolean ended(Process process) {
            try {
                return process.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while S3Mock started", e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
