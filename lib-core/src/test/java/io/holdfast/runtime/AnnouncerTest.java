// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AnnouncerTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsInOrderWhatWasAdded() {
        Announcer<String> announcer = new Announcer<>(heard::add);
        announcer.add("opened");
        announcer.add("closed");

        announcer.deliver();

        assertThat(heard).containsExactly("opened", "closed");
    }

    @Test
    void goesOnTellingAfterAListenerThrew() {
        Announcer<String> announcer = new Announcer<>(event -> {
            heard.add(event);
            throw new IllegalStateException("listener");
        });
        announcer.add("opened");
        announcer.add("closed");

        announcer.deliver();

        assertThat(heard).containsExactly("opened", "closed");
    }

    @Test
    void tellsWhatAListenerBringsAboutAfterwardsAndNotWithin() {
        AtomicReference<Announcer<String>> self = new AtomicReference<>();
        self.set(new Announcer<>(event -> {
            heard.add("begin " + event);
            if (event.equals("opened")) {
                self.get().add("asked");
                self.get().deliver();
            }
            heard.add("end " + event);
        }));
        self.get().add("opened");

        self.get().deliver();

        assertThat(heard).containsExactly("begin opened", "end opened", "begin asked", "end asked");
    }
}
