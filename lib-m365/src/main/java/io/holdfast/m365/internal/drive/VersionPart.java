// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.exchange.Exchange;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.source.Part;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * What a file contained before. Its name stands for its bytes, so that it is read once; services tell no hash of it.
 */
final class VersionPart implements Part {
    private final GraphClient graph;
    private final DriveCalls drive;
    private final String item;
    private final VersionName version;
    private final long size;

    VersionPart(GraphClient graph, DriveCalls drive, String item, VersionName version, long size) {
        this.graph = graph;
        this.drive = drive;
        this.item = item;
        this.version = version;
        this.size = size;
    }

    @Override
    public String name() {
        return version.toString();
    }

    @Override
    public Form form() {
        return Form.FILE;
    }

    @Override
    public long length() {
        return size;
    }

    @Override
    public boolean isFixed() {
        return size >= 0;
    }

    @Override
    public InputStream open(long offset) {
        if (size == 0) {
            return InputStream.nullInputStream();
        }
        Exchange answer = graph.send(drive.versionContent(item, version.id()));
        if (answer.status() / 100 == 2) {
            return answer.body();
        }
        Optional<String> address;
        try (answer) {
            address = answer.fields().first("location");
        }
        URI uri = URI.create(address.orElseThrow(() -> DriveReader.malformed("a redirection without an address")));
        return graph.download(drive.content("drive.version.content", size), () -> uri, offset, Optional.empty());
    }
}
