// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A tenant with what real ones hold, the odd cases among it; the same each time. What its users have differs by a seed of each one's own, and by nothing
 * else, so that a tenant twice as large has twice as much of everything.
 */
final class SampleTenant {
    /** Everything that is dated lies after it, and before the simulated present. */
    static final Instant EPOCH = Instant.parse("2024-01-08T06:00:00Z");

    private static final int FULL = 50;

    private final List<GraphUser> users = new ArrayList<>();

    private SampleTenant() {}

    /**
     * How large a tenant is; of everything but users: how many there are of it for each user.
     *
     * @param users users, each with a mailbox, calendars, contacts and a drive
     * @param messages messages
     * @param events events, a series being one
     * @param contacts contacts
     * @param files files
     */
    record Size(int users, int messages, int events, int contacts, int files) {
        /** With {@code -Dholdfast.users=50}: 20,000 messages, 2,000 events, 2,000 contacts, 50 drives with 10,000 files. Small without. */
        static Size wanted() {
            int users = Integer.getInteger("holdfast.users", 4);
            return users >= FULL ? new Size(users, 400, 40, 40, 200) : new Size(users, 100, 15, 15, 38);
        }
    }

    static SampleTenant in(GraphTenant tenant, Size size) {
        SampleTenant sample = new SampleTenant();
        for (int i = 0; i < size.users; i++) {
            GraphUser user = tenant.addUser("user" + i, "User Nummer " + i);
            sample.users.add(user);
            Random random = new Random(i);
            new SampleMail(user, random).fill(size.messages);
            new SampleEvents(user, random).fill(size.events);
            new SampleContacts(user, random).fill(size.contacts);
            new SampleDrive(user, random).fill(size.files, sample.users.get(0));
        }
        return sample;
    }

    List<GraphUser> users() {
        return users;
    }

    /** Bytes that do not compress. */
    static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
