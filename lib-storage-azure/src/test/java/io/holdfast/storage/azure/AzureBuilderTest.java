// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.model.ByteSize;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What a store is told, and what it makes of it. */
final class AzureBuilderTest {
    private static AzureObjectStoreBuilder builder() {
        return AzureObjectStore.builder("container");
    }

    @Test
    void whatCannotBeAContainerOrAnEndpointIsRefusedAtOnce() {
        assertThatThrownBy(() -> AzureObjectStore.builder("No Container")).hasMessageContaining("'No Container'");
        assertThatThrownBy(() -> AzureObjectStore.builder("two--hyphens")).hasMessageContaining("'two--hyphens'");
        assertThatThrownBy(() -> builder().endpoint(URI.create("ftp://here"))).hasMessageContaining("ftp://here");
        assertThatThrownBy(() -> builder().endpoint(URI.create("https://here/?sv=1&sig=secret")))
                .hasMessageContaining("https://here")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> builder().prefix("Not/Allowed")).hasMessageContaining("Not/Allowed");
        assertThatThrownBy(() -> builder().blocksAbove(ByteSize.gibibytes(6))).hasMessageContaining("5000 MiB");
        assertThatThrownBy(() -> builder().open()).hasMessageContaining("set both");
    }

    @Test
    void credentialsShowNoSecret() {
        assertThat(new AzureCredentials.AccountKey("me", "c2VjcmV0")).asString().isEqualTo("AccountKey[me]");
        assertThat(new AzureCredentials.SharedAccessSignature("?sig=secret").toString())
                .doesNotContain("secret");
        assertThat(new AzureCredentials.BearerToken("secret").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new AzureCredentials.AccountKey("me", "!")).hasMessageContaining("not base64");
        assertThatThrownBy(() -> new AzureCredentials.SharedAccessSignature("sv=1"))
                .hasMessageContaining("'sig'");
    }

    @Test
    void aConnectionStringSaysWhereAndByWhat() {
        ConnectionString account = ConnectionString.parse(
                "DefaultEndpointsProtocol=https;AccountName=me;AccountKey=a2V5PT0=;EndpointSuffix=core.example");
        assertThat(account.endpoint()).hasToString("https://me.blob.core.example");
        assertThat(account.credentials()).isEqualTo(new AzureCredentials.AccountKey("me", "a2V5PT0="));

        ConnectionString signature =
                ConnectionString.parse("BlobEndpoint=https://blobs.example/me;SharedAccessSignature=sv=1&sig=x");
        assertThat(signature.endpoint()).hasToString("https://blobs.example/me");
        assertThat(signature.credentials()).isEqualTo(new AzureCredentials.SharedAccessSignature("sv=1&sig=x"));

        assertThatThrownBy(() -> ConnectionString.parse("AccountName=me")).hasMessageContaining("'AccountKey'");
        assertThatThrownBy(() -> ConnectionString.parse("AccountKey=c2VjcmV0")).hasMessageContaining("'AccountName'");
        assertThatThrownBy(() -> ConnectionString.parse("c2VjcmV0"))
                .hasMessageContaining("no '='")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void aSignatureOrTokenIsNotSentInTheOpen() {
        AzureObjectStoreBuilder open = builder()
                .endpoint(URI.create("http://blobs.example"))
                .credentials(() -> new AzureCredentials.BearerToken("token"));

        assertThatThrownBy(open::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }

    @Test
    void theFirstAccessTierThatFitsIsAskedFor() {
        try (WirePeer peer = WirePeer.plain(request -> request.method().equals("PUT")
                        ? Reply.of(201).with("ETag", "\"1\"")
                        : FakeAzure.container(false, false));
                ObjectStore store = AzureServer.at(peer)
                        .store("container")
                        .accessTier("data/", "Cool")
                        .accessTier("", "Hot")
                        .open()) {
            for (String name : new String[] {"data/ab/one", "snapshots/1"}) {
                store.put(new ObjectName(name), ObjectBody.of(new byte[1]), PutOptions.createOnly());
            }

            assertThat(peer.requests())
                    .filteredOn(request -> request.method().equals("PUT"))
                    .extracting(request ->
                            request.fields().first("x-ms-access-tier").orElse(""))
                    .containsExactly("Cool", "Hot");
        }
    }
}
