// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.m365.internal.graph.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application permissions that a token carries. They are read to say beforehand what is missing; whether a request is allowed is the service's to
 * decide.
 */
record TokenRoles(Optional<Set<String>> roles) {

    /** Reads the token's claims, or knows nothing if they cannot be read: tokens are the service's own business (RFC 9068 is not promised). */
    static TokenRoles of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length < 2) {
            return new TokenRoles(Optional.empty());
        }
        try {
            JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
            Set<String> roles = new HashSet<>();
            claims.path("roles").forEach(role -> roles.add(role.asText()));
            return new TokenRoles(claims.isObject() ? Optional.of(roles) : Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            return new TokenRoles(Optional.empty());
        }
    }

    /**
     * The permissions that are missing.
     *
     * @param needed groups of which any one will do
     * @return a name for each group that is not there at all
     */
    List<String> missing(List<List<String>> needed) {
        if (roles.isEmpty()) {
            return List.of();
        }
        return needed.stream()
                .filter(group -> group.stream().noneMatch(roles.get()::contains))
                .map(group -> group.get(0))
                .toList();
    }
}
