// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.SourceFixture;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with hands: files in one folder of it, which move to another and back. */
final class DirectoryFixture implements SourceFixture {
    private final Path root;

    DirectoryFixture(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("here"));
        Files.createDirectories(root.resolve("there/below"));
    }

    @Override
    public SourceConnector connector() {
        return DirectoryConnector.of("files", root);
    }

    @Override
    public ResourceId resource() {
        return new ResourceId("files:files");
    }

    @Override
    public ItemKey create(String name, byte[] content) throws IOException {
        Files.write(root.resolve("here").resolve(name), content);
        return new ItemKey("here/" + name);
    }

    @Override
    public void change(ItemKey item, byte[] content) throws IOException {
        // A new file, as editors do: its number differs even if the clock did not move on.
        Path written = Files.write(root.resolve(".new"), content);
        Files.move(written, root.resolve(item.value()), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public ItemKey move(ItemKey item) throws IOException {
        String name = item.value().substring(item.value().lastIndexOf('/') + 1);
        String to = (item.value().startsWith("here/") ? "there/below/" : "here/") + name;
        Files.move(root.resolve(item.value()), root.resolve(to));
        return new ItemKey(to);
    }

    @Override
    public void delete(ItemKey item) throws IOException {
        Files.delete(root.resolve(item.value()));
    }

    /** A socket stands in its place, which nobody can read as a file, root included. */
    @Override
    public void breakItem(ItemKey item) throws IOException {
        Path path = root.resolve(item.value());
        Files.delete(path);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(path));
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
