// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a target remembers of an item that it has put in part, so that it can go on with it: in the next attempt, and in the rerun of a restore whose process
 * died. Such as the address of an upload.
 *
 * <p>Each item of each restore has hints of its own. They are kept in the cache folder of the repository, sealed with its key; without a cache folder they
 * last as long as the restore. A hint may be lost at any time, and may be older than what the service knows: losing one costs time, never an item. Safe for use
 * by several threads.
 */
public interface ResumeHints {

    /**
     * Looks a hint up.
     *
     * @param what what it is about, such as a part's name and hash
     * @return the hint that was kept last, or empty
     */
    Optional<String> find(String what);

    /**
     * Keeps a hint, in place of an earlier one.
     *
     * @param what what it is about
     * @param hint up to 8192 characters; may be a secret
     */
    void keep(String what, String hint);

    /**
     * Forgets a hint; does nothing if there is none.
     *
     * @param what what it is about
     */
    void drop(String what);

    /**
     * Hints that last as long as this object.
     *
     * @return none at first
     */
    static ResumeHints inMemory() {
        Map<String, String> hints = new ConcurrentHashMap<>();
        return new ResumeHints() {
            @Override
            public Optional<String> find(String what) {
                return Optional.ofNullable(hints.get(what));
            }

            @Override
            public void keep(String what, String hint) {
                hints.put(what, hint);
            }

            @Override
            public void drop(String what) {
                hints.remove(what);
            }
        };
    }
}
