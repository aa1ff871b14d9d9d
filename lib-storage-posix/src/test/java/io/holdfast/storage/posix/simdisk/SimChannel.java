// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** An open file or folder of a simulated disk. */
final class SimChannel extends FileChannel {
    private final SimDisk disk;
    private final Node node;
    private final SimPath path;

    SimChannel(SimDisk disk, Node node, SimPath path) {
        this.disk = disk;
        this.node = node;
        this.path = path;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (disk) {
            disk.enter(DiskCall.WRITE, path);
            int count = source.remaining();
            int end = node.bytes.length;
            byte[] longer = Arrays.copyOf(node.bytes, end + count);
            source.get(longer, end, count);
            node.bytes = longer;
            return count;
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        synchronized (disk) {
            disk.enter(DiskCall.READ, path);
            int left = (int) Math.max(0, node.bytes.length - position);
            if (left == 0) {
                return -1;
            }
            int count = Math.min(left, target.remaining());
            target.put(node.bytes, (int) position, count);
            return count;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return read(target, 0);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.enter(node.folder ? DiskCall.SYNC_FOLDER : DiskCall.SYNC, path);
        disk.sync(node);
    }

    @Override
    public long size() {
        synchronized (disk) {
            return node.bytes.length;
        }
    }

    @Override
    protected void implCloseChannel() {}

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the POSIX store makes no such call");
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw unused();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw unused();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw unused();
    }

    @Override
    public long position() {
        throw unused();
    }

    @Override
    public FileChannel position(long position) {
        throw unused();
    }

    @Override
    public FileChannel truncate(long size) {
        throw unused();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw unused();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw unused();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw unused();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw unused();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw unused();
    }
}
