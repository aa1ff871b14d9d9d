// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the beginning of an error's body; what breaks is left out, since the status is known already. */
final class ErrorBody {
    private ErrorBody() {}

    static byte[] read(HttpResponse response, Attempt attempt, Deadlines deadlines) {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        try (response;
                InputStream body = DecodedBody.of(response, new WireBody(response, attempt, deadlines))) {
            body.transferTo(new Cut(start));
        } catch (IOException e) {
            return start.toByteArray();
        }
        return start.toByteArray();
    }

    /** Takes as much as is looked at, then breaks off. */
    private static final class Cut extends FilterOutputStream {
        private final ByteArrayOutputStream kept;

        private Cut(ByteArrayOutputStream kept) {
            super(kept);
            this.kept = kept;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int room = ErrorAnswer.MOST_BODY - kept.size();
            kept.write(bytes, offset, Math.min(room, length));
            if (length > room) {
                throw new IOException("the rest is not looked at");
            }
        }
    }
}
