// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Change tracking in a folder of messages. */
class MessageDeltaTest {
    private final World world = new World();
    private final GraphFolder inbox = world.mailbox.inbox();
    private final GraphClient client = world.client.preferringImmutableIds();

    private GraphClient.Round firstRound() {
        return client.all(world.inbox() + "/messages/delta?$select=subject,isRead,changeKey");
    }

    @Test
    void tellsOfAllMessagesInPagesAndThenOfNothing() {
        world.fill(inbox, 25);

        GraphClient.Round first = client.with("Prefer", "IdType=\"ImmutableId\", odata.maxpagesize=10")
                .all(world.inbox() + "/messages/delta?$select=subject");

        assertThat(first.pages()).isEqualTo(3);
        assertThat(first.ids())
                .hasSize(25)
                .doesNotHaveDuplicates()
                .contains(inbox.messages().get(0).immutableId());
        assertThat(first.elements().get(0)).containsOnlyKeys("@odata.type", "@odata.etag", "id", "subject");
        assertThat(client.all(first.deltaLink()).elements()).isEmpty();
    }

    @Test
    void tellsWhatCameAndWhatWent() {
        world.fill(inbox, 3);
        String link = firstRound().deltaLink();
        GraphMessage gone = inbox.messages().get(1);
        gone.delete();
        GraphMessage fresh = inbox.add(MessageDraft.of("fresh"));

        GraphClient.Round next = client.all(link);

        assertThat(next.removed()).containsExactly(gone.immutableId());
        assertThat(next.present()).containsExactly(fresh.immutableId());
    }

    @Test
    void showsAMoveAsRemovalHereAndArrivalThere() {
        world.fill(inbox, 2);
        String here = firstRound().deltaLink();
        GraphFolder archive = world.mailbox.folder("archive");
        String there = client.all("/users/" + world.ada.id() + "/mailFolders/archive/messages/delta")
                .deltaLink();
        GraphMessage moved = inbox.messages().get(0);
        moved.move(archive);

        assertThat(client.all(here).removed()).containsExactly(moved.immutableId());
        assertThat(client.all(there).present()).containsExactly(moved.immutableId());
    }

    @Test
    void announcesAMessageThatWentAndCameBackAsRemovedAndNeverAgain() {
        world.fill(inbox, 2);
        String link = firstRound().deltaLink();
        GraphMessage moved = inbox.messages().get(0);
        moved.move(world.mailbox.folder("archive"));
        moved.move(inbox);

        GraphClient.Round next = client.all(link);

        assertThat(next.removed()).containsExactly(moved.immutableId());
        assertThat(next.present()).isEmpty();
        assertThat(client.all(next.deltaLink()).elements()).isEmpty();
        assertThat(client.get(world.inbox() + "/messages").ids()).contains(moved.immutableId());
    }

    @Test
    void announcesTheReturnIfIdsChangeOrIfToldTo() {
        world.fill(inbox, 2);
        GraphClient plain = world.anotherClient();
        String link = plain.all(world.inbox() + "/messages/delta").deltaLink();
        String immutable = firstRound().deltaLink();
        GraphMessage moved = inbox.messages().get(0);
        String before = moved.id();
        moved.move(world.mailbox.folder("archive"));
        moved.move(inbox);

        assertThat(plain.all(link).removed()).containsExactly(before);
        assertThat(plain.all(link).present()).containsExactly(moved.id());
        world.simulator.behave(Set.of());
        assertThat(client.all(immutable).present()).containsExactly(moved.immutableId());
    }

    @Test
    void saysLittleOfAMessageThatWasOnlyRead() {
        world.fill(inbox, 2);
        String link = firstRound().deltaLink();
        GraphMessage read = inbox.messages().get(0);
        String modified =
                client.get(world.inbox() + "/messages/" + read.immutableId()).text("lastModifiedDateTime");
        world.time.sleep(Duration.ofHours(1));
        read.markRead(true);

        Map<String, Object> told = client.all(link).elements().get(0);

        assertThat(told)
                .containsOnlyKeys("@odata.type", "id", "isRead", "parentFolderId")
                .containsEntry("isRead", true);
        assertThat(client.get(world.inbox() + "/messages/" + read.immutableId()).text("lastModifiedDateTime"))
                .isEqualTo(modified);
    }

    @Test
    void doesNotTellOfReadingToWhoeverDidNotSelectIt() {
        world.fill(inbox, 1);
        String link =
                client.all(world.inbox() + "/messages/delta?$select=subject").deltaLink();

        inbox.messages().get(0).markRead(true);

        assertThat(client.all(link).elements()).isEmpty();
    }

    @Test
    void showsAChangeWithAllThatWasSelected() {
        world.fill(inbox, 2);
        String link = firstRound().deltaLink();
        inbox.messages().get(0).categorise(List.of("Red"));

        assertThat(client.all(link).elements().get(0)).containsKeys("changeKey", "subject", "isRead");
    }

    @Test
    void givesTheSamePageToWhoeverAsksAgain() {
        world.fill(inbox, 15);
        String next = client.get(world.inbox() + "/messages/delta").text("@odata.nextLink");

        assertThat(client.get(next).ids()).hasSize(5).isEqualTo(client.get(next).ids());
    }

    @Test
    void forgetsThePagesOfARoundWhenTheNextOneBegins() {
        world.fill(inbox, 15);
        GraphClient.Answer first = client.get(world.inbox() + "/messages/delta");
        String link = client.get(first.text("@odata.nextLink")).text("@odata.deltaLink");
        assertThat(client.get(link).status()).isEqualTo(200);

        assertThat(client.get(first.text("@odata.nextLink")).status()).isEqualTo(400);
        assertThat(client.get(link).status()).isEqualTo(200);
    }

    @Test
    void tellsOfRemovalsOfWhatNobodySawAsTold() {
        String link = firstRound().deltaLink();
        world.fill(inbox, 1);
        inbox.messages().get(0).delete();

        assertThat(client.all(link).elements()).isEmpty();
        world.simulator.behave(Set.of(FeedHabit.NEVER_SEEN_REMOVALS));
        assertThat(client.all(link).removed()).hasSize(1);
    }

    @Test
    void endsTokensInSeveralWays() {
        world.fill(inbox, 1);
        for (TokenExpiry how : TokenExpiry.values()) {
            String link = firstRound().deltaLink();
            world.simulator.expireDeltaTokens(how);

            GraphClient.Answer answer = client.get(link);

            assertThat(answer.status()).isIn(400, 410);
            assertThat(Json.child(answer.json(), "error")).containsKeys("code", "message");
            answer.fields()
                    .first("Location")
                    .ifPresent(fresh -> assertThat(client.all(fresh).elements()).hasSize(1));
        }
    }

    @Test
    void repeatsEmptiesAndLoopsAsTold() {
        world.fill(inbox, 25);
        world.simulator.behave(Set.of(FeedHabit.REPEATS, FeedHabit.EMPTY_PAGES));

        GraphClient.Round round = firstRound();

        assertThat(round.ids()).hasSizeGreaterThan(25);
        assertThat(Set.copyOf(round.ids())).hasSize(25);
        assertThat(round.pages()).isGreaterThan(3);
        world.simulator.behave(Set.of(FeedHabit.NEXT_LINK_LOOP));
        String second = client.get(world.inbox() + "/messages/delta").text("@odata.nextLink");
        assertThat(client.get(second).text("@odata.nextLink")).isEqualTo(second);
    }

    @Test
    void losesTombstonesAsTold() {
        world.fill(inbox, 2);
        String link = firstRound().deltaLink();
        world.simulator.behave(Set.of(FeedHabit.LOST_TOMBSTONES));
        inbox.messages().get(0).delete();

        assertThat(client.all(link).elements()).isEmpty();
    }

    @Test
    void failsWhereTheServiceDoes() {
        world.fill(inbox, 1);
        inbox.messages().get(0).spoil(MessageFlaw.POISON);

        assertThat(client.get(world.inbox() + "/messages/delta").status()).isEqualTo(504);
        assertThat(firstRound().elements()).hasSize(1);
        assertThat(client.get(
                                world.inbox()
                                        + "/messages/delta?$expand=singleValueExtendedProperties($filter=id eq 'String 0x001a')")
                        .status())
                .isEqualTo(500);
        world.mailbox.fill(true);
        assertThat(client.get(world.inbox() + "/messages/delta").code()).isEqualTo("ErrorQuotaExceeded");
        assertThat(client.get(world.inbox() + "/messages?$select=subject").status())
                .isEqualTo(200);
    }
}
