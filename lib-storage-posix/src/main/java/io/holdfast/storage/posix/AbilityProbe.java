// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.runtime.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Tries once what a file system can do, on a file of its own among the temporary ones.
 *
 * <p>The file never loses its write permission, so that a WORM filer does not commit it.
 */
final class AbilityProbe {
    private static final Duration FUTURE = Duration.ofDays(2);

    private final TempFiles temps;
    private final TimeSource time;

    AbilityProbe(TempFiles temps, TimeSource time) {
        this.temps = temps;
        this.time = time;
    }

    /** The abilities, or empty if the store could not be written to at this moment. */
    Optional<Abilities> run() {
        Path file = temps.newName();
        try {
            writeOneByte(file);
            // Twice, since one refusal could be a passing fault, and a store that is wrongly thought to lack links
            // forks its records.
            Optional<Boolean> links = links(file);
            if (links.isPresent() && !links.get()) {
                links = links(file);
            }
            boolean keeps = keepsAccessTime(file);
            return links.map(able -> new Abilities(able, keeps));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            temps.discard(file);
        }
    }

    private void writeOneByte(Path file) throws IOException {
        try (FileChannel channel = temps.create(file)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    private Optional<Boolean> links(Path file) {
        Path link = temps.newName();
        try {
            Files.createLink(link, file);
            return Optional.of(refusesSecond(link, file));
        } catch (UnsupportedOperationException e) {
            return Optional.of(false);
        } catch (IOException e) {
            return Errno.isPassing(e) ? Optional.empty() : Optional.of(false);
        } finally {
            temps.discard(link);
        }
    }

    private static boolean refusesSecond(Path link, Path file) throws IOException {
        try {
            Files.createLink(link, file);
            return false;
        } catch (FileAlreadyExistsException e) {
            return true;
        }
    }

    private boolean keepsAccessTime(Path file) {
        if (!StoreRoot.hasPosixPermissions(file)) {
            return false;
        }
        try {
            FileTime future = WriteOnce.wholeSeconds(time.now().plus(FUTURE));
            Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, future, null);
            readOnce(file);
            PosixFileAttributes after = Files.readAttributes(file, PosixFileAttributes.class);
            return after.lastAccessTime().equals(future)
                    && after.permissions().equals(PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void readOnce(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(ByteBuffer.allocate(1));
        }
    }
}
