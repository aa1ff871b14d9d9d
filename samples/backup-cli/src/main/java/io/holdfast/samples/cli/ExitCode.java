// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.BackupReport;
import io.holdfast.RestoreReport;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.SessionException;
import io.holdfast.error.SourceException;
import io.holdfast.error.TargetException;

/** The exit codes, which are a contract. */
final class ExitCode {
    static final int COMPLETE = 0;
    static final int PARTIAL = 1;
    static final int USAGE = 2;
    static final int SOURCE = 3;
    static final int REPOSITORY = 4;
    static final int DAMAGE = 5;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(BackupReport.Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> COMPLETE;
            case PARTIAL -> PARTIAL;
            case STOPPED -> INTERRUPTED;
        };
    }

    static int of(RestoreReport.Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> COMPLETE;
            case PARTIAL -> PARTIAL;
            case STOPPED -> INTERRUPTED;
        };
    }

    /** A snapshot or a slot that does not exist was named by the user, and so was a folder that takes nothing. */
    static int of(HoldfastException error) {
        if (error.code() == ErrorCode.SESSION_INTERRUPTED) {
            return INTERRUPTED;
        }
        boolean named = error.code() == ErrorCode.SNAPSHOT_MISSING || error.code() == ErrorCode.KEY_SLOT;
        if (named || error instanceof SessionException || error instanceof TargetException) {
            return USAGE;
        }
        return error instanceof SourceException ? SOURCE : REPOSITORY;
    }
}
