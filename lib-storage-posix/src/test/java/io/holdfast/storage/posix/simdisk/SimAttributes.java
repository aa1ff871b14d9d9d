// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a node at one moment. */
record SimAttributes(
        long number,
        boolean folder,
        int length,
        Instant modified,
        Instant accessed,
        Set<PosixFilePermission> permissions)
        implements PosixFileAttributes {

    static SimAttributes of(Node node) {
        return new SimAttributes(
                node.number,
                node.folder,
                node.bytes.length,
                node.modified,
                node.accessed,
                Set.copyOf(node.permissions));
    }

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.from(modified);
    }

    @Override
    public FileTime lastAccessTime() {
        return FileTime.from(accessed);
    }

    @Override
    public FileTime creationTime() {
        return FileTime.from(modified);
    }

    @Override
    public boolean isRegularFile() {
        return !folder;
    }

    @Override
    public boolean isDirectory() {
        return folder;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public Object fileKey() {
        return number;
    }

    @Override
    public UserPrincipal owner() {
        throw new UnsupportedOperationException("a simulated disk has no users");
    }

    @Override
    public GroupPrincipal group() {
        throw new UnsupportedOperationException("a simulated disk has no users");
    }

    /** Changes the attributes of a file. */
    record View(SimDisk disk, SimPath path) implements PosixFileAttributeView {
        @Override
        public String name() {
            return "posix";
        }

        @Override
        public PosixFileAttributes readAttributes() throws IOException {
            return of(disk.find(path));
        }

        @Override
        public void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
                throws IOException {
            Node node = disk.find(path);
            if (modified != null) {
                node.modified = modified.toInstant();
            }
            if (accessed != null) {
                node.accessed = accessed.toInstant();
            }
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            disk.find(path).permissions = Set.copyOf(permissions);
        }

        @Override
        public void setGroup(GroupPrincipal group) {
            throw new UnsupportedOperationException("a simulated disk has no users");
        }

        @Override
        public UserPrincipal getOwner() {
            throw new UnsupportedOperationException("a simulated disk has no users");
        }

        @Override
        public void setOwner(UserPrincipal owner) {
            throw new UnsupportedOperationException("a simulated disk has no users");
        }
    }
}
