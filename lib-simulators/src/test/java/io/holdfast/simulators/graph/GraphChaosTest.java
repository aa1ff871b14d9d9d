// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.json.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad days by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraphChaosTest {
    private final List<String> anyOtherDay = new Day().live();

    /** What a client that never gives up sees, on a day that begins when it has read everything once. */
    private static final class Day {
        private final World world = new World(GraphLimits.none());
        private final GraphClient client = world.client.preferringImmutableIds();
        private final List<String> seen = new ArrayList<>();
        private final String deltaLink;
        private final String uploadUrl;

        private Day() {
            world.fill(world.mailbox.inbox(), 25);
            GraphMessage newest = world.mailbox.inbox().messages().get(0);
            for (GraphMessage each : world.mailbox.inbox().messages()) {
                each.attach(GraphAttachment.file("a.bin", "application/octet-stream", new byte[1000]));
            }
            deltaLink =
                    client.all(world.inbox() + "/messages/delta?$select=isRead").deltaLink();
            Map<String, Object> item = Json.object("attachmentType", "file", "name", "l.bin", "size", 4_000_000);
            uploadUrl = client.post(
                            "/users/" + world.ada.id() + "/messages/" + newest.immutableId()
                                    + "/attachments/createUploadSession",
                            Json.object("AttachmentItem", item))
                    .text("uploadUrl");
        }

        private List<String> live() {
            world.mailbox.inbox().messages().get(24).delete();
            note(() -> client.get(deltaLink));
            note(() -> client.send(
                    "PUT", uploadUrl, new byte[1000], HttpFields.none().with("Content-Range", "bytes 0-999/4000000")));
            note(() -> client.token(GraphClient.SECRET));
            pages(world.inbox() + "/messages/delta");
            pages(world.inbox() + "/messages?$select=subject");
            for (GraphMessage each : world.mailbox.inbox().messages()) {
                String message = "/users/" + world.ada.id() + "/messages/" + each.immutableId();
                note(() -> client.get(message));
                note(() -> client.get(message + "/attachments"));
                note(() -> client.get(
                        message + "/attachments/" + each.attachments().get(0).id(true) + "/$value"));
            }
            for (int i = 0; i < 40; i++) {
                Map<String, Object> folder = Json.object("displayName", "Folder " + i);
                note(() -> client.post(world.inbox() + "/childFolders", folder));
            }
            seen.add(world.time.now().toString());
            return seen;
        }

        private void pages(String path) {
            String next = path;
            for (int page = 0; page < 5 && !next.isEmpty(); page++) {
                String link = next;
                GraphClient.Answer answer = note(() -> client.get(link));
                boolean readable =
                        answer.status() == 200 && seen.get(seen.size() - 1).endsWith("}");
                next = readable ? answer.text("@odata.nextLink") : "";
            }
        }

        private GraphClient.Answer note(Supplier<GraphClient.Answer> request) {
            try {
                GraphClient.Answer answer = request.get();
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                // Ids of requests and tokens of links differ anyway.
                seen.add(answer.status() + " "
                        + text.replaceAll("\"innerError.*?}", "")
                                .replaceAll("\"(access_token|@odata.\\w+Link)\":\"[^\"]*\"", ""));
                return answer;
            } catch (UncheckedIOException e) {
                seen.add(e.getCause().getClass().getSimpleName());
                return new GraphClient.Answer(0, HttpFields.none(), new byte[0]);
            }
        }
    }

    @Test
    void isNoneOnAnyOtherDay() {
        assertThat(new Day().live()).isEqualTo(anyOtherDay);
        assertThat(anyOtherDay.subList(0, anyOtherDay.size() - 1)).allMatch(each -> each.startsWith("20"));
    }

    @ParameterizedTest
    @EnumSource
    void changesWhatAClientSees(GraphChaos chaos) {
        Day day = new Day();
        chaos.begin(day.world.simulator);

        assertThat(day.live()).isNotEqualTo(anyOtherDay);
    }

    @ParameterizedTest
    @EnumSource
    void isOverWhenTheSimulatorIsCalm(GraphChaos chaos) {
        Day day = new Day();
        chaos.begin(day.world.simulator);
        day.world.simulator.calm();
        day.client.signIn();

        assertThat(day.client
                        .all(day.world.inbox() + "/messages?$select=subject")
                        .ids())
                .hasSize(25);
    }
}
