// SPDX-License-Identifier: Apache-2.0
package io.holdfast.error;

/**
 * The stable codes of all errors; {@code lib-core/ERRORS.md} has a row for each.
 *
 * <p>A code is never given another meaning, and never removed. Codes are added in minor releases.
 */
public enum ErrorCode {
    /** The store could not be reached, or a call to it failed for a passing reason. */
    STORE_UNAVAILABLE("STORE-001", RetryClass.RETRYABLE),
    /** The store does not have the named object. */
    STORE_OBJECT_MISSING("STORE-002", RetryClass.PERMANENT),
    /** The store has no room left. */
    STORE_FULL("STORE-003", RetryClass.PERMANENT),
    /** The store refuses writing altogether. */
    STORE_READ_ONLY("STORE-004", RetryClass.PERMANENT),
    /** The store refuses this caller the operation. */
    STORE_PERMISSION("STORE-005", RetryClass.PERMANENT),
    /** The place of the store does not exist. */
    STORE_PLACE_MISSING("STORE-006", RetryClass.PERMANENT),
    /** The object is protected until some time and cannot be deleted or replaced. */
    STORE_RETAINED("STORE-007", RetryClass.PERMANENT),
    /** It is not known whether the call to the store took effect. */
    STORE_OUTCOME_UNKNOWN("STORE-008", RetryClass.UNKNOWN_OUTCOME),
    /** The store cannot do what was asked of it. */
    STORE_UNSUPPORTED("STORE-009", RetryClass.PERMANENT),
    /** The object's length or range is not what was asked for. */
    STORE_SHORT_READ("STORE-010", RetryClass.PERMANENT),

    /** There is no repository at this place. */
    REPOSITORY_MISSING("REPO-001", RetryClass.PERMANENT),
    /** There is a repository at this place already. */
    REPOSITORY_EXISTS("REPO-002", RetryClass.PERMANENT),
    /** The repository needs a feature that this version does not know. */
    REPOSITORY_FEATURE_UNKNOWN("REPO-003", RetryClass.PERMANENT),
    /** An object of the repository is damaged. */
    REPOSITORY_DAMAGED("REPO-004", RetryClass.PERMANENT),
    /** The repository, or its newest record, is older than what was witnessed. */
    REPOSITORY_ROLLED_BACK("REPO-005", RetryClass.PERMANENT),
    /** Another session holds the lease. */
    REPOSITORY_BUSY("REPO-006", RetryClass.PERMANENT),
    /** The place holds something that is not a repository. */
    REPOSITORY_PLACE_OCCUPIED("REPO-007", RetryClass.PERMANENT),
    /** A repository that is known here has vanished or is another one now. */
    REPOSITORY_REPLACED("REPO-008", RetryClass.PERMANENT),
    /** The number of the record to commit was taken by another session. */
    COMMIT_LOST("REPO-009", RetryClass.RETRYABLE),
    /** It is not known whether the commit took effect. */
    COMMIT_OUTCOME_UNKNOWN("REPO-010", RetryClass.UNKNOWN_OUTCOME),
    /** A blob that a snapshot needs was not found in the index nor in any pack. */
    BLOB_MISSING("REPO-011", RetryClass.PERMANENT),
    /** The named snapshot does not exist. */
    SNAPSHOT_MISSING("REPO-012", RetryClass.PERMANENT),
    /** A value in the repository is outside the limits of the format. */
    FORMAT_LIMIT("REPO-013", RetryClass.PERMANENT),

    /** No key slot opens with the key that was given. */
    KEY_REFUSED("KEY-001", RetryClass.PERMANENT),
    /** The parameters of a key slot are outside their bounds. */
    KEY_PARAMETERS("KEY-002", RetryClass.PERMANENT),
    /** The key slot does not exist, or is the last one. */
    KEY_SLOT("KEY-003", RetryClass.PERMANENT),
    /** The cryptographic provider lacks an algorithm that is needed. */
    KEY_ALGORITHM("KEY-004", RetryClass.PERMANENT),

    /** The source cannot be reached. */
    SOURCE_UNAVAILABLE("SOURCE-001", RetryClass.RETRYABLE),
    /** The source broke the rules of its contract. */
    SOURCE_CONTRACT("SOURCE-002", RetryClass.PERMANENT),
    /** The source does not exist. */
    SOURCE_MISSING("SOURCE-003", RetryClass.PERMANENT),
    /** The source refused the credential. */
    SOURCE_REFUSED("SOURCE-004", RetryClass.PERMANENT),
    /** A request that the whole session needs failed, and went on failing. */
    SOURCE_REQUEST("SOURCE-005", RetryClass.RETRYABLE),

    /** The target of a restore cannot take an item. */
    TARGET_REFUSED("TARGET-001", RetryClass.PERMANENT),
    /** The target of a restore failed as a whole for a passing reason. */
    TARGET_UNAVAILABLE("TARGET-002", RetryClass.RETRYABLE),

    /** A session was configured in a way that cannot work. */
    SESSION_CONFIGURATION("SESSION-001", RetryClass.PERMANENT),
    /** A session was interrupted before it could begin its work. */
    SESSION_INTERRUPTED("SESSION-002", RetryClass.RETRYABLE);

    private final String id;
    private final RetryClass retryClass;

    ErrorCode(String id, RetryClass retryClass) {
        this.id = id;
        this.retryClass = retryClass;
    }

    /**
     * The code as it is printed, such as {@code STORE-003}.
     *
     * @return area, hyphen, three digits
     */
    public String id() {
        return id;
    }

    /**
     * Whether an operation that ended with this code may be tried again.
     *
     * @return the retry class
     */
    public RetryClass retryClass() {
        return retryClass;
    }
}
