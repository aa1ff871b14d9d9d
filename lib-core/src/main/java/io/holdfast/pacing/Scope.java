// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of everything that a service counts: a path of names, one for each {@link ScopeLevel} from the provider down. Levels
 * may be left out.
 *
 * <p>Immutable, compared by value, safe for use by several threads.
 */
public final class Scope {
    private final @Nullable Scope parent;
    private final ScopeLevel level;
    private final String name;
    private final int hash;

    private Scope(@Nullable Scope parent, ScopeLevel level, String name) {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the scope of level " + level + " has no name; give one");
        }
        this.parent = parent;
        this.level = level;
        this.name = name;
        this.hash = 31 * (31 * (parent == null ? 0 : parent.hash) + level.ordinal()) + name.hashCode();
    }

    /**
     * The widest scope of a provider.
     *
     * @param name the provider, such as {@code m365}
     * @return the scope
     */
    public static Scope provider(String name) {
        return new Scope(null, ScopeLevel.PROVIDER, name);
    }

    /**
     * A narrower scope.
     *
     * @param inner a level below this scope's level
     * @param innerName its name, not empty
     * @return the scope
     */
    public Scope within(ScopeLevel inner, String innerName) {
        if (inner.compareTo(level) <= 0) {
            throw new IllegalArgumentException(
                    "level " + inner + " is not within " + level + "; go from PROVIDER down to RESOURCE");
        }
        return new Scope(this, inner, innerName);
    }

    /**
     * The level of this scope.
     *
     * @return the level of its last name
     */
    public ScopeLevel level() {
        return level;
    }

    /**
     * The last name of the path.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The scope around this one.
     *
     * @return empty for a provider
     */
    public Optional<Scope> parent() {
        return Optional.ofNullable(parent);
    }

    @Nullable
    Scope outer() {
        return parent;
    }

    /**
     * The scope of a level on the way to this one.
     *
     * @param wanted the level
     * @return empty if the path leaves it out or ends above it
     */
    public Optional<Scope> at(ScopeLevel wanted) {
        for (Scope each = this; each != null; each = each.parent) {
            if (each.level == wanted) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The scope of a level or, if the path leaves that out, the next wider one that is there. */
    Scope atOrAbove(ScopeLevel wanted) {
        Scope each = this;
        while (each.level.compareTo(wanted) > 0 && each.parent != null) {
            each = each.parent;
        }
        return each;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scope that
                && hash == that.hash
                && level == that.level
                && name.equals(that.name)
                && Objects.equals(parent, that.parent);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The names from the provider down, separated by slashes; for logs and errors. */
    @Override
    public String toString() {
        return parent == null ? name : parent + "/" + name;
    }
}
