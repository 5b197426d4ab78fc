// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ids of the sandbox. */
final class Ids {
    static final String DIVISION = "e1d6f3a4-9b1c-4d7c-8b60-0c2c5d7e9f01";
    static final List<SandboxWrapUpCode> WRAP_UP_CODES = List.of(
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c01", "Sold"),
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c02", "Claim opened"),
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c03", "Call back"),
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c04", "No interest"));

    private Ids() {}

    static UUID uuid(SplittableRandom random) {
        long most = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long least = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** A wrap-up code. */
    static String code(SplittableRandom random) {
        return WRAP_UP_CODES.get(random.nextInt(WRAP_UP_CODES.size())).id();
    }

    /** Another wrap-up code, always the same one. */
    static String otherCode(String code) {
        List<String> ids = WRAP_UP_CODES.stream().map(SandboxWrapUpCode::id).toList();
        return ids.get((ids.indexOf(code) + 1) % ids.size());
    }
}
