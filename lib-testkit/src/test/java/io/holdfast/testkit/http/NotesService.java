// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.RangePeer;
import io.holdfast.simulators.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The handlers of a service of notes: users, their notes in pages, and the text of a note in ranges. Safe for use by several threads. */
final class NotesService implements Function<PeerRequest, Reply> {
    private static final int PAGE = 20;

    private final TreeMap<String, TreeMap<String, byte[]>> users = new TreeMap<>();

    synchronized void put(String user, String key, byte[] text) {
        users.computeIfAbsent(user, u -> new TreeMap<>()).put(key, text);
    }

    synchronized void delete(String user, String key) {
        users.getOrDefault(user, new TreeMap<>()).remove(key);
    }

    synchronized Map<String, byte[]> notes(String user) {
        return new TreeMap<>(users.getOrDefault(user, new TreeMap<>()));
    }

    @Override
    public synchronized Reply apply(PeerRequest request) {
        String[] path = request.path().split("/", -1);
        if (request.path().equals("/users")) {
            return text(String.join("\n", users.keySet()));
        }
        if (path.length < 3 || !path[1].equals("notes") || !users.containsKey(path[2])) {
            return gone();
        }
        TreeMap<String, byte[]> notes = users.get(path[2]);
        if (path.length == 3) {
            return page(notes, request.target());
        }
        byte[] note = notes.get(path[3]);
        return note == null ? gone() : new RangePeer(note, tag(note)).apply(request);
    }

    private static Reply page(TreeMap<String, byte[]> notes, String target) {
        int after = target.indexOf("?after=");
        Map<String, byte[]> rest = after < 0 ? notes : notes.tailMap(target.substring(after + 7), false);
        StringBuilder lines = new StringBuilder();
        rest.entrySet().stream()
                .limit(PAGE)
                .forEach(note -> lines.append(note.getKey())
                        .append(' ')
                        .append(tag(note.getValue()))
                        .append(' ')
                        .append(note.getValue().length)
                        .append('\n'));
        return text(lines.toString()).with("X-More", String.valueOf(rest.size() > PAGE));
    }

    private static String tag(byte[] note) {
        return "\"" + Integer.toHexString(java.util.Arrays.hashCode(note)) + "\"";
    }

    private static Reply text(String text) {
        return Reply.of(200).with("Content-Type", "text/plain").with(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply gone() {
        return Reply.json(404, "{\"error\":{\"code\":\"itemNotFound\"}}");
    }
}
