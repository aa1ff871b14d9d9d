// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.MessageDraft;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages as they came over the wire, as other programs wrote them: signed, without a charset, without a subject, folded, nested. */
final class OddMime {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final List<String> SORTS = List.of("""
            Subject: signed
            Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=B

            --B
            Content-Type: text/plain; charset=utf-8

            signed text
            --B
            Content-Type: application/pkcs7-signature; name=smime.p7s
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename=smime.p7s

            MIIB
            --B--
            """, """
            Subject: =?windows-1252?Q?Gr=FC=DFe_aus?= =?utf-8?B?IEvDtmxu?=
            Content-Type: text/plain; charset=windows-1252
            Content-Transfer-Encoding: 8bit

            schöne Grüße
            """, """
            Content-Type: text/plain

            no subject, and no charset
            """, """
            Subject: folded
             over
            \tthree lines
            Content-Type: multipart/alternative; boundary="=_x"

            text before the first boundary
            --=_x
            Content-Type: text/plain; charset=us-ascii

            plain
            --=_x
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>h=C3=A4</p>
            --=_x--
            """, """
            Subject: a name in pieces
            Content-Type: multipart/mixed; boundary=M

            --M
            Content-Type: text/plain; charset=utf-8

            see attached
            --M
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename*0*=utf-8''gr%C3%BC; filename*1*=n.bin

            AAECAwQF
            --M--
            """);

    private OddMime() {}

    static MessageDraft message(int number, String id, String to) {
        return MessageDraft.fromMime(bytes(number, id, to));
    }

    /** The sorts in turn. */
    static byte[] bytes(int number, String id, String to) {
        String headers = "From: \"Bob, B.\" <bob@elsewhere.example>\r\nTo: " + to + "\r\nMessage-ID: " + id
                + "\r\nDate: Mon, 03 Jun 2024 10:" + (10 + number % 50) + ":00 +0200\r\nMIME-Version: 1.0\r\n";
        String text = SORTS.get(number / 19 % SORTS.size()).replace("\n", "\r\n");
        Charset charset = text.contains("charset=windows-1252") ? WINDOWS : StandardCharsets.UTF_8;
        return (headers + text).getBytes(charset);
    }
}
