// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.retry.FailureCategory;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** One part of a scripted item as it is read; what is announced stays the same over all readings. */
final class ScriptedContent implements Part {
    private final SourceScript script;
    private final String subject;
    private final ScriptedPart part;
    private final boolean announced;
    private final boolean falseHash;
    private boolean opened;

    ScriptedContent(SourceScript script, String subject, ScriptedPart part) {
        this.script = script;
        this.subject = subject;
        this.part = part;
        boolean same = part.form() == Form.FILE || part.form() == Form.MESSAGE_FILE;
        this.announced = same && !script.strikes(SourceFault.UNANNOUNCED, subject);
        this.falseHash = announced && script.strikes(SourceFault.FALSE_HASH, subject);
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public Form form() {
        return part.form();
    }

    @Override
    public long length() {
        return announced ? part.bytes().length : -1;
    }

    @Override
    public Optional<ProviderHash> hash() {
        if (!announced) {
            return Optional.empty();
        }
        byte[] of = falseHash ? "other bytes".getBytes(StandardCharsets.UTF_8) : part.bytes();
        String hex = HexFormat.of().formatHex(ScriptedItem.sha256().digest(of));
        return Optional.of(new ProviderHash("sha256", hex, ScriptedItem::sha256));
    }

    @Override
    public InputStream open(long offset) throws IOException {
        if (script.strikes(SourceFault.PART_FAILS, subject)) {
            throw ScriptedSession.failure(FailureCategory.PERMISSION_MISSING, subject);
        }
        if (script.strikes(SourceFault.PART_POISON, subject)) {
            throw ScriptedSession.failure(FailureCategory.POISON_ITEM, subject);
        }
        boolean first = !opened;
        opened = true;
        byte[] bytes = rendered();
        if (first && announced && bytes.length > 0) {
            if (script.strikes(SourceFault.SHORT, subject)) {
                bytes = Arrays.copyOf(bytes, script.draw(bytes.length));
            } else if (script.strikes(SourceFault.WRONG_BYTES, subject)) {
                bytes = bytes.clone();
                bytes[script.draw(bytes.length)] ^= 1;
            }
        }
        int from = (int) Math.min(offset, bytes.length);
        InputStream in = new ByteArrayInputStream(bytes, from, bytes.length - from);
        return first && script.strikes(SourceFault.BREAK_OFF, subject)
                ? new BreakingStream(in, script.draw(bytes.length + 1))
                : in;
    }

    /** Services write messages and JSON anew at each read. */
    private byte[] rendered() {
        String text = new String(part.bytes(), StandardCharsets.ISO_8859_1);
        switch (part.form()) {
            case MESSAGE_RENDERING:
                return ("X-MS-Exchange-Trace: " + script.draw(1_000_000) + "\r\n" + text)
                        .getBytes(StandardCharsets.ISO_8859_1);
            case JSON:
                return " ".repeat(script.draw(20)).concat(text).getBytes(StandardCharsets.ISO_8859_1);
            default:
                return part.bytes();
        }
    }

    /** Breaks off after so many bytes. */
    private static final class BreakingStream extends InputStream {
        private final InputStream in;
        private int left;

        BreakingStream(InputStream in, int left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (left == 0 && len > 0) {
                throw new IOException("the connection was reset by the script");
            }
            int n = in.read(b, off, Math.min(len, left));
            left -= Math.max(n, 0);
            return n;
        }
    }
}
