// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Encryptor;

final class CtrHmacEncryptorContractTest extends EncryptorContract {
    @Override
    protected Encryptor createEncryptor() {
        return new CtrHmacEncryptor();
    }
}
