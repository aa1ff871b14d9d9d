// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** The same service over sockets and TLS. */
class GraphOverTlsTest {
    private static final String FORM = "grant_type=client_credentials&client_id=" + GraphClient.APP
            + "&client_secret=a+secret&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";

    @Test
    void answersWithLinksToItself() throws IOException, InterruptedException, GeneralSecurityException {
        World world = new World();
        world.fill(world.mailbox.inbox(), 12);
        try (GraphSimulator simulator = world.simulator) {
            GraphSimulator.Listener listener = simulator.listen();
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {listener.trust()}, null);
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(tls)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            URI token = listener.origin().resolve("/" + world.tenant.id() + "/oauth2/v2.0/token");
            String answer = client.send(
                            HttpRequest.newBuilder(token)
                                    .POST(HttpRequest.BodyPublishers.ofString(FORM))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            String bearer =
                    "Bearer " + Json.text(Json.parseObject(answer.getBytes(StandardCharsets.UTF_8)), "access_token");
            URI page = listener.origin().resolve("/v1.0" + world.inbox() + "/messages");
            HttpResponse<byte[]> first = client.send(
                    HttpRequest.newBuilder(page).header("Authorization", bearer).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            String next = Json.text(Json.parseObject(first.body()), "@odata.nextLink");

            assertThat(next).startsWith(listener.origin().toString());
            HttpResponse<byte[]> second = client.send(
                    HttpRequest.newBuilder(URI.create(next))
                            .header("Authorization", bearer)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(Json.children(Json.parseObject(second.body()), "value")).hasSize(2);
        }
    }
}
