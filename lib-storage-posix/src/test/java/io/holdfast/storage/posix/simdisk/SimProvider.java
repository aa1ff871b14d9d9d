// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.spi.FileSystemProvider;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The calls of the JDK on a simulated disk, as far as the POSIX store makes them; others are refused. */
final class SimProvider extends FileSystemProvider {
    private final SimDisk disk;

    SimProvider(SimDisk disk) {
        this.disk = disk;
    }

    private static SimPath sim(Path path) {
        return (SimPath) path;
    }

    private Node parentOf(SimPath path) throws IOException {
        return disk.findFolder(sim(Objects.requireNonNull(path.getParent())));
    }

    private static String nameOf(SimPath path) {
        return path.names().get(path.names().size() - 1);
    }

    @SuppressWarnings("unchecked") // the only attribute that is given at creation
    private static Set<PosixFilePermission> permissions(FileAttribute<?>... attributes) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (FileAttribute<?> each : attributes) {
            set.addAll((Set<PosixFilePermission>) each.value());
        }
        return set;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        synchronized (disk) {
            SimPath at = sim(path);
            if (!options.contains(StandardOpenOption.CREATE_NEW)) {
                disk.enter(DiskCall.LIST, at);
                return new SimChannel(disk, disk.find(at), at);
            }
            Node parent = parentOf(at);
            if (parent.entries.containsKey(nameOf(at))) {
                throw new FileAlreadyExistsException(path.toString());
            }
            disk.enter(DiskCall.CREATE, at);
            Node node = disk.newNode(false);
            node.permissions = permissions(attributes);
            parent.entries.put(nameOf(at), node);
            return new SimChannel(disk, node, at);
        }
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        synchronized (disk) {
            SimPath at = sim(path);
            Node parent = parentOf(at);
            if (parent.entries.containsKey(nameOf(at))) {
                throw new FileAlreadyExistsException(path.toString());
            }
            disk.enter(DiskCall.MAKE_FOLDER, at);
            Node node = disk.newNode(true);
            node.permissions = permissions(attributes);
            parent.entries.put(nameOf(at), node);
        }
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        synchronized (disk) {
            SimPath at = sim(link);
            Node node = disk.find(sim(existing));
            Node parent = parentOf(at);
            if (parent.entries.containsKey(nameOf(at))) {
                throw new FileAlreadyExistsException(link.toString());
            }
            disk.enter(DiskCall.LINK, at);
            parent.entries.put(nameOf(at), node);
        }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        synchronized (disk) {
            Node node = disk.find(sim(source));
            Node parent = parentOf(sim(target));
            Node there = parent.entries.get(nameOf(sim(target)));
            if (there != null && there.folder) {
                throw new FileSystemException(source.toString(), target.toString(), "Is a directory");
            }
            disk.enter(DiskCall.MOVE, sim(target));
            parentOf(sim(source)).entries.remove(nameOf(sim(source)));
            parent.entries.put(nameOf(sim(target)), node);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        synchronized (disk) {
            if (!disk.find(sim(path)).entries.isEmpty()) {
                throw new DirectoryNotEmptyException(path.toString());
            }
            disk.enter(DiskCall.DELETE, sim(path));
            parentOf(sim(path)).entries.remove(nameOf(sim(path)));
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        synchronized (disk) {
            disk.enter(DiskCall.LIST, sim(path));
            List<Path> entries = disk.findFolder(sim(path)).entries.keySet().stream()
                    .map(name -> path.resolve(name))
                    .toList();
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return entries.iterator();
                }

                @Override
                public void close() {}
            };
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        synchronized (disk) {
            disk.enter(DiskCall.LIST, sim(path));
            return type.cast(SimAttributes.of(disk.find(sim(path))));
        }
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return type.cast(new SimAttributes.View(disk, sim(path)));
    }

    @Override
    public boolean isSameFile(Path left, Path right) throws IOException {
        synchronized (disk) {
            return disk.find(sim(left)).equals(disk.find(sim(right)));
        }
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Objects.requireNonNull(disk.find(sim(path)));
    }

    @Override
    public FileStore getFileStore(Path path) {
        return new SimFileSystem.Store(disk);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public String getScheme() {
        return "simdisk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw unused("newFileSystem");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw unused("getFileSystem");
    }

    @Override
    public Path getPath(URI uri) {
        throw unused("getPath");
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw unused("newByteChannel");
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw unused("copy");
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw unused("readAttributes by name");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw unused("setAttribute");
    }

    private static UnsupportedOperationException unused(String call) {
        return new UnsupportedOperationException("a simulated disk has no " + call);
    }
}
