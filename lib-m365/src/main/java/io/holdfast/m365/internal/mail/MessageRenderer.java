// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import io.holdfast.model.ItemKind;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Messages as {@code .eml} files: the rendering byte for byte where one is stored, else composed of internet headers, body and attachments (RFC 5322,
 * RFC 2045).
 */
final class MessageRenderer implements Renderer {

    @Override
    public ItemKind kind() {
        return MailKinds.MESSAGE;
    }

    @Override
    public String extension() {
        return ".eml";
    }

    @Override
    public void render(RestoreItem item, OutputStream out) throws IOException {
        MessageBody body = MessageBody.read(item);
        if (body.mime().isPresent()) {
            try (InputStream in = body.mime().get().open(0)) {
                in.transferTo(out);
            }
            return;
        }
        if (body.properties() == null) {
            throw new IOException("message " + item.item().key() + " has neither properties nor a rendering");
        }
        try {
            ComposedMessage.of(item.item().key(), body.properties(), body.attachments())
                    .writeTo(out);
        } catch (MessagingException e) {
            throw new IOException("message " + item.item().key() + " cannot be composed", e);
        }
    }
}
