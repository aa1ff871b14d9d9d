// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Bad days by name, each of which was seen in the field; {@link #begin} lets one begin, and {@link GraphSimulator#calm} ends it. */
public enum GraphChaos {
    /** Now and then 429 in seconds. */
    THROTTLED_FOR_SECONDS(often(GraphFault.THROTTLED_FOR_SECONDS)),
    /** Now and then 429 with a fraction of a second. */
    THROTTLED_FOR_A_FRACTION(often(GraphFault.THROTTLED_FOR_A_FRACTION)),
    /** Now and then 429 with a date, by a clock that is fast. */
    THROTTLED_UNTIL_A_DATE(often(GraphFault.THROTTLED_UNTIL_A_DATE)),
    /** Now and then 429 without a word. */
    THROTTLED_WITHOUT_A_WORD(often(GraphFault.THROTTLED_WITHOUT_A_WORD)),
    /** Now and then 503 with nothing in it. */
    BUSY_WITHOUT_A_WORD(often(GraphFault.BUSY_WITHOUT_A_WORD)),
    /** Now and then 503 that names a time. */
    BUSY_FOR_SECONDS(often(GraphFault.BUSY_FOR_SECONDS)),
    /** One 500 for each kind of operation. */
    ONE_INTERNAL_ERROR(simulator -> simulator
            .operations()
            .forEach(operation -> simulator.strike(
                    FaultRule.of(GraphFault.INTERNAL_ERROR).on(operation).times(1)))),
    /** Now and then 504. */
    GATEWAY_TIMEOUTS(often(GraphFault.GATEWAY_TIMEOUT)),
    /** Now and then 404 with nothing in it for what is there. */
    EMPTY_NOT_FOUND(often(GraphFault.LOST_FOR_A_MOMENT)),
    /** Now and then 400 to a request that is well formed. */
    INVALID_REQUESTS(often(GraphFault.INVALID_REQUEST)),
    /** Now and then less is sent than is announced. */
    SHORT_BODIES(often(GraphFault.SHORT_BODY)),
    /** Now and then what is attached or a file contains comes with other bytes, or anything cut with its length changed. */
    WRONG_BODIES(simulator -> {
        for (String operation : List.of("attachment.value", "drive.content")) {
            simulator.strike(FaultRule.of(GraphFault.WRONG_BODY).on(operation).rate(0.1));
        }
        simulator.strike(FaultRule.of(GraphFault.TRUNCATED).rate(0.02));
    }),
    /** Now and then the connection ends within a body. */
    CUT_BODIES(often(GraphFault.CUT)),
    /** Now and then the connection is reset within a body. */
    RESETS(often(GraphFault.RESET)),
    /** A few bodies come a byte at a time. */
    DRIPS(simulator -> simulator.strike(FaultRule.of(GraphFault.DRIP).rate(0.02).times(3))),
    /** A few answers do not come. */
    HANGS(simulator -> simulator.strike(FaultRule.of(GraphFault.HANG).rate(0.05).times(3))),
    /** Addresses of uploads and downloads end at once. */
    EXPIRED_TRANSFERS(GraphSimulator::expireTransfers),
    /** All access tokens end at once. */
    UNAUTHORIZED_IN_MID_RUN(GraphSimulator::expireAccessTokens),
    /** Every tenth message, event and contact cannot be read for good. */
    CORRUPT_ITEMS(Tenths.messages(message -> message.spoil(MessageFlaw.CORRUPT))
            .andThen(Tenths.events(GraphEvent::spoil))
            .andThen(Tenths.contacts(GraphContact::spoil))),
    /** Of every tenth message and event the attachments cannot be read for good. */
    CORRUPT_ATTACHMENTS(Tenths.messages(message -> message.attachments().forEach(StoredAttachment::spoil))
            .andThen(Tenths.events(event -> event.stored().forEach(EventAttachment::spoil)))),
    /** Every tenth message spoils the pages that it is in, and every tenth file cannot be read for good. */
    POISON_ITEMS(Tenths.messages(message -> message.spoil(MessageFlaw.POISON))
            .andThen(Tenths.files(file -> file.spoil(FileFlaw.POISON)))),
    /** Every tenth message, event, contact and file is listed, but is not there. */
    VANISHING_ITEMS(Tenths.messages(message -> message.spoil(MessageFlaw.VANISHED))
            .andThen(Tenths.events(GraphEvent::vanish))
            .andThen(Tenths.contacts(GraphContact::vanish))
            .andThen(Tenths.files(file -> file.spoil(FileFlaw.VANISHED)))),
    /** Removals are not announced. */
    LOST_TOMBSTONES(habit(FeedHabit.LOST_TOMBSTONES)),
    /** Every tenth message, event, contact and file goes elsewhere and comes back. */
    MOVES_THERE_AND_BACK(Tenths.messages(GraphChaos::moveThereAndBack)
            .andThen(Tenths.events(GraphChaos::moveThereAndBack))
            .andThen(Tenths.contacts(GraphChaos::moveThereAndBack))
            .andThen(Tenths.files(GraphChaos::moveThereAndBack))),
    /** Every tenth message changes its read state, of which little is told. */
    SPARSE_UPDATES(Tenths.messages(message -> message.markRead(!message.isRead()))),
    /** The second page leads to itself. */
    NEXT_LINK_LOOP(habit(FeedHabit.NEXT_LINK_LOOP)),
    /** Elements come twice. */
    REPEATS(habit(FeedHabit.REPEATS)),
    /** Pages without elements. */
    EMPTY_PAGES(habit(FeedHabit.EMPTY_PAGES)),
    /** Lists whose pages shift. */
    PAGE_SHIFT(habit(FeedHabit.PAGE_SHIFT)),
    /** Now and then a write has its effect, but its answer is 504. */
    WRITES_THAT_FAIL_AFTERWARDS(simulator -> Stream.concat(
                    simulator.operations().stream().filter(GraphChaos::isWrite),
                    Stream.of("attachment.upload", "drive.upload.range"))
            .forEach(operation -> simulator.strike(FaultRule.of(GraphFault.GATEWAY_TIMEOUT)
                    .on(operation)
                    .rate(0.2)
                    .afterwards()))),
    /** The identity service is out. */
    IDENTITY_OUT(
            simulator -> simulator.strike(FaultRule.of(GraphFault.IDENTITY_OUT).on("identity."))),
    /** The identity service answers 429 a few times. */
    IDENTITY_THROTTLED(simulator -> simulator.strike(
            FaultRule.of(GraphFault.IDENTITY_THROTTLED).on("identity.").times(3))),
    /** Tokens of change tracking end: 410 with a fresh address. */
    DELTA_GONE_WITH_LOCATION(simulator -> simulator.expireDeltaTokens(TokenExpiry.GONE_WITH_LOCATION)),
    /** Tokens of change tracking end: 410 with the demand to synchronise. */
    DELTA_RESYNC_REQUIRED(simulator -> simulator.expireDeltaTokens(TokenExpiry.RESYNC_REQUIRED)),
    /** Tokens of change tracking end: 400. */
    DELTA_NOT_FOUND(simulator -> simulator.expireDeltaTokens(TokenExpiry.NOT_FOUND)),
    /** Tokens of change tracking end: 400 about their form. */
    DELTA_MALFORMED(simulator -> simulator.expireDeltaTokens(TokenExpiry.MALFORMED));

    private final Consumer<GraphSimulator> start;

    GraphChaos(Consumer<GraphSimulator> start) {
        this.start = start;
    }

    /**
     * Lets it begin, besides what goes on already.
     *
     * @param simulator whom it meets
     */
    public void begin(GraphSimulator simulator) {
        start.accept(simulator);
    }

    private static Consumer<GraphSimulator> often(GraphFault fault) {
        return simulator -> simulator.strike(FaultRule.of(fault).rate(0.1));
    }

    private static Consumer<GraphSimulator> habit(FeedHabit habit) {
        return simulator -> {
            Set<FeedHabit> habits = EnumSet.of(habit);
            habits.addAll(simulator.habits());
            simulator.behave(habits);
        };
    }

    /** Those of transfers are not among the operations that a simulator lists. */
    private static boolean isWrite(String operation) {
        return operation.matches(".*\\.(create|createUploadSession|update|move|upload|writePhoto|grant|link)");
    }

    private static void moveThereAndBack(GraphMessage message) {
        GraphFolder home = message.folder();
        message.move(message.mailbox().folder(WellKnown.ARCHIVE));
        message.move(home);
    }

    private static void moveThereAndBack(GraphEvent event) {
        event.calendar().ifPresent(home -> {
            event.move(event.mailbox().calendar());
            event.move(home);
        });
    }

    private static void moveThereAndBack(GraphContact contact) {
        contact.folder().ifPresent(home -> {
            contact.move(home.mailbox().contacts());
            contact.move(home);
        });
    }

    /** By another name meanwhile, which none of its neighbours has. */
    private static void moveThereAndBack(GraphDriveItem file) {
        GraphDriveItem home = file.parent();
        String name = file.name();
        file.rename(file.id());
        file.move(file.drive().root());
        if (home != null) {
            file.move(home);
        }
        file.rename(name);
    }
}
