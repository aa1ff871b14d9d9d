// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ByteSize;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link SourceConnector} must do; a test of a connector extends this with a factory for a {@link SourceFixture}.
 *
 * <p>Each case gets a fixture of its own. What a source cannot do is said by overriding a method; its rules then check what holds without
 * the ability, so that every case runs on every source.
 */
@DisplayName("A source connector")
public abstract class SourceConnectorContract {
    private SourceFixture fixture;
    private HoldfastRuntime runtime;
    private MemoryBudget memory;
    private List<Source> opened;
    private Source source;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected SourceConnectorContract() {}

    /**
     * Makes a new place for the connector under test.
     *
     * @return the fixture, which the kit closes
     * @throws Exception if the place cannot be made
     */
    protected abstract SourceFixture createFixture() throws Exception;

    /**
     * How many items make a feed give several pages.
     *
     * @return more than the connector puts on one page; 25 unless overridden
     */
    protected int manyItems() {
        return 25;
    }

    /**
     * Whether the source takes items back.
     *
     * @return true unless overridden; false means that its restore target must be empty
     */
    protected boolean restores() {
        return true;
    }

    /**
     * Whether the connector holds the whole content of a fetched item in memory until the next one is pulled.
     *
     * @return false unless overridden: for connectors that stream
     */
    protected boolean buffersItems() {
        return false;
    }

    /**
     * How long one case may wait for memory before it is given up as stuck.
     *
     * @return a minute unless overridden
     */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    /**
     * The time that the connector is lent.
     *
     * @return the machine's time unless overridden
     */
    protected TimeSource time() {
        return TimeSource.system();
    }

    @BeforeEach
    final void open() throws Exception {
        runtime = HoldfastRuntime.builder().parallelism(4).time(time()).build();
        memory = new MemoryBudget(ByteSize.mebibytes(16));
        opened = new ArrayList<>();
        fixture = createFixture();
        source = lent.openAgain(memory);
    }

    @AfterEach
    final void close() throws Exception {
        opened.forEach(Source::close);
        fixture.close();
        runtime.close();
    }

    private final SourceRules.Given lent = new SourceRules.Given() {
        @Override
        public SourceFixture fixture() {
            return fixture;
        }

        @Override
        public Source source() {
            return source;
        }

        @Override
        public MemoryBudget memory() {
            return memory;
        }

        @Override
        public Source openAgain(MemoryBudget budget) {
            Source another = fixture.connector().open(new SourceContext(runtime, budget));
            opened.add(another);
            return another;
        }

        @Override
        public int many() {
            return manyItems();
        }

        @Override
        public boolean restores() {
            return SourceConnectorContract.this.restores();
        }

        @Override
        public boolean buffers() {
            return buffersItems();
        }

        @Override
        public Duration patience() {
            return SourceConnectorContract.this.patience();
        }
    };

    @Nested
    @DisplayName("when it is opened and closed")
    final class Opening extends SourceOpeningRules {
        Opening() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when it is asked what there is")
    final class Discovering extends SourceDiscoveringRules {
        Discovering() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when it tells a feed")
    final class Feeding extends SourceFeedingRules {
        Feeding() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when something changed")
    final class Changing extends SourceChangingRules {
        Changing() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when it looks items up")
    final class LookingUp extends SourceLookupRules {
        LookingUp() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when it fetches")
    final class Fetching extends SourceFetchingRules {
        Fetching() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when it takes items back")
    final class Restoring extends SourceRestoringRules {
        Restoring() {
            super(lent);
        }
    }

    @Nested
    @DisplayName("when it renders items")
    final class Rendering extends SourceRenderingRules {
        Rendering() {
            super(lent);
        }
    }
}
