// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** What a restore wrote into a directory for one user. */
final class DirectoryView {
    private final Path folder;

    DirectoryView(Path directory, String owner) {
        try (Stream<Path> owners = Files.list(directory)) {
            folder = owners.filter(each -> each.getFileName().toString().startsWith(owner))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing was written for " + owner));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a workload whose names end like this. */
    List<Path> files(String workload, String end) {
        try (Stream<Path> all = Files.walk(folder.resolve(workload))) {
            return all.filter(
                            each -> Files.isRegularFile(each) && each.toString().endsWith(end))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of a workload, how many names deep they lie aside. */
    long folders(String workload) {
        try (Stream<Path> all = Files.walk(folder.resolve(workload))) {
            return all.filter(Files::isDirectory).count() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the files of the drive hold, and when they were changed, to the second. */
    List<String> driveFiles() {
        return files("onedrive", "").stream()
                .map(each -> {
                    try {
                        return UserView.hash(Files.readAllBytes(each)) + " "
                                + Files.getLastModifiedTime(each).toInstant().truncatedTo(ChronoUnit.SECONDS);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    /** A message file: its id, its subject, and sorted of what is attached the hashes, and the subjects of items. */
    static String message(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), in);
            List<String> attached = new ArrayList<>();
            attachments(message, attached);
            attached.sort(null);
            String subject = message.getSubject();
            return message.getMessageID() + " " + (subject == null ? "" : subject) + " " + attached;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new AssertionError(file + " is no message", e);
        }
    }

    private static void attachments(Part part, List<String> found) throws MessagingException, IOException {
        if (part.isMimeType("message/rfc822")) {
            found.add("item " + ((MimeMessage) part.getContent()).getSubject());
        } else if (part.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                attachments(parts.getBodyPart(i), found);
            }
        } else if (part.getFileName() != null) {
            found.add(UserView.hash(part.getInputStream().readAllBytes()));
        }
    }
}
