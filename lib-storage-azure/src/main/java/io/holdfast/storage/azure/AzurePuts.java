// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.holdfast.runtime.Randomness;
import io.holdfast.store.CheckedBody;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes blobs: in one request up to a length, in blocks above it. */
final class AzurePuts {
    private static final String TYPE = "application/octet-stream";
    private static final long SMALLEST_BLOCK = 64L << 20;
    private static final int MOST_BLOCKS = 50_000;
    private static final int NONCE = 16;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private final BlobContainerClient client;
    private final AzureSettings settings;
    private final AzureFailures failures;
    private final Randomness randomness;

    AzurePuts(BlobContainerClient client, AzureSettings settings, AzureFailures failures, Randomness randomness) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
        this.randomness = randomness;
    }

    /**
     * Writes a blob; empty if its condition did not hold.
     *
     * @return the id of the version that was written, empty in a container without versions
     */
    Optional<String> put(ObjectName name, ObjectBody body, PutOptions options) {
        try {
            BlockBlobItem written = body.length() <= settings.blocksAbove()
                    ? whole(name, body, options)
                    : new Blocks(name, body, options).put();
            return Optional.of(written.getVersionId() == null ? "" : written.getVersionId());
        } catch (BlobStorageException refused) {
            if (isRefusal(refused, options.mode())) {
                return Optional.empty();
            }
            throw failures.describe("writing", name.value(), refused, AzureFailures.Effect.CHANGE);
        }
    }

    /** A lease that somebody took on the blob is status 412 too, and no condition of ours. */
    private static boolean isRefusal(BlobStorageException e, PutMode mode) {
        String code = AzureFailures.codeOf(e);
        boolean absent =
                mode instanceof PutMode.ReplaceVersion && e.getStatusCode() == NOT_FOUND && code.equals("BlobNotFound");
        boolean condition = e.getStatusCode() == PRECONDITION_FAILED && !code.startsWith("Lease");
        return absent || condition || mode instanceof PutMode.CreateOnly && code.equals("BlobAlreadyExists");
    }

    private BlockBlobItem whole(ObjectName name, ObjectBody given, PutOptions options) {
        try (CheckedBody body = new CheckedBody(name, given)) {
            BlockBlobSimpleUploadOptions put = new BlockBlobSimpleUploadOptions(data(body))
                    .setContentMd5(body.md5())
                    .setHeaders(new BlobHttpHeaders().setContentType(TYPE))
                    .setTier(tier(name))
                    .setRequestConditions(conditions(options.mode()))
                    .setImmutabilityPolicy(policy(options.protection()))
                    .setLegalHold(hold(options.protection()));
            return sent(
                    name,
                    body,
                    () -> blob(name).uploadWithResponse(put, null, Context.NONE).getValue());
        }
    }

    private BlockBlobClient blob(ObjectName name) {
        return client.getBlobClient(settings.blob(name)).getBlockBlobClient();
    }

    private static BinaryData data(CheckedBody body) {
        return BinaryData.fromStream(body.open(), body.length());
    }

    /** What the body throws goes to the caller as it is, and what the service answers to whoever knows what was asked. */
    private <T> T sent(ObjectName name, CheckedBody body, Supplier<T> request) {
        try {
            return sent(name, request);
        } catch (RuntimeException e) {
            body.throwIfFailed();
            throw e;
        }
    }

    private <T> T sent(ObjectName name, Supplier<T> request) {
        try {
            return request.get();
        } catch (BlobStorageException answer) {
            throw answer;
        } catch (RuntimeException e) {
            throw failures.describe("writing", name.value(), e, AzureFailures.Effect.CHANGE);
        }
    }

    private @Nullable AccessTier tier(ObjectName name) {
        return settings.tier(name).map(AccessTier::fromString).orElse(null);
    }

    private static BlobRequestConditions conditions(PutMode mode) {
        BlobRequestConditions conditions = new BlobRequestConditions();
        if (mode instanceof PutMode.CreateOnly) {
            conditions.setIfNoneMatch("*");
        } else if (mode instanceof PutMode.ReplaceVersion replace) {
            conditions.setIfMatch(quoted(replace.version()));
        }
        return conditions;
    }

    static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    private @Nullable BlobImmutabilityPolicy policy(Protection protection) {
        return protection
                .retainUntil()
                .map(date -> policy(date, settings.locks()))
                .orElse(null);
    }

    static BlobImmutabilityPolicy policy(Instant date, boolean locked) {
        return new BlobImmutabilityPolicy()
                .setExpiryTime(upTo(date).atOffset(ZoneOffset.UTC))
                .setPolicyMode(locked ? BlobImmutabilityPolicyMode.LOCKED : BlobImmutabilityPolicyMode.UNLOCKED);
    }

    private static @Nullable Boolean hold(Protection protection) {
        return protection.hold() ? Boolean.TRUE : null;
    }

    /** The service keeps whole seconds: the next one, so that nothing is protected for less than was asked. */
    static Instant upTo(Instant date) {
        Instant second = date.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(date) ? date : second.plusSeconds(1);
    }

    /** One put in blocks; nothing is visible before the last request. */
    private final class Blocks {
        private final ObjectName name;
        private final ObjectBody body;
        private final PutOptions options;
        // Blocks belong to the name and not to the put: two puts at once must not take each other's for their own.
        private final byte[] nonce = randomness.bytes(NONCE);

        Blocks(ObjectName name, ObjectBody body, PutOptions options) {
            this.name = name;
            this.body = body;
            this.options = options;
        }

        BlockBlobItem put() {
            long size = Math.max(SMALLEST_BLOCK, (body.length() + MOST_BLOCKS - 1) / MOST_BLOCKS);
            List<String> blocks = new ArrayList<>();
            for (long from = 0; from < body.length(); from += size) {
                try (CheckedBody part = new CheckedBody(name, body, from, Math.min(size, body.length() - from))) {
                    blocks.add(stage(blocks.size(), part));
                }
            }
            BlockBlobCommitBlockListOptions commit = commit(blocks);
            return sent(
                    name,
                    () -> blob(name)
                            .commitBlockListWithResponse(commit, null, Context.NONE)
                            .getValue());
        }

        private String stage(int number, CheckedBody part) {
            String id = Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE + Integer.BYTES)
                            .put(nonce)
                            .putInt(number)
                            .array());
            BlockBlobStageBlockOptions block = new BlockBlobStageBlockOptions(id, data(part)).setContentMd5(part.md5());
            return sent(name, part, () -> {
                blob(name).stageBlockWithResponse(block, null, Context.NONE);
                return id;
            });
        }

        private BlockBlobCommitBlockListOptions commit(List<String> blocks) {
            return new BlockBlobCommitBlockListOptions(blocks)
                    .setHeaders(new BlobHttpHeaders().setContentType(TYPE).setContentMd5(md5()))
                    .setTier(tier(name))
                    .setRequestConditions(conditions(options.mode()))
                    .setImmutabilityPolicy(policy(options.protection()))
                    .setLegalHold(hold(options.protection()));
        }

        /** Costs a pass over the bytes, so only where a second put of them may have to be told from another object's. */
        private byte @Nullable [] md5() {
            if (options.protection().isNone()) {
                return null;
            }
            try (CheckedBody whole = new CheckedBody(name, body)) {
                return whole.md5();
            }
        }
    }
}
