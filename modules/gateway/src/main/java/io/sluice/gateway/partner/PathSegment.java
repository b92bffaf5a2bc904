package io.sluice.gateway.partner;

import java.util.regex.Pattern;

/** A partner's reference as part of a path. */
final class PathSegment {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private PathSegment() {}

    static boolean isOne(String reference) {
        return SAFE.matcher(reference).matches();
    }

    /** The reference itself; one that could lead elsewhere than it says is a fault. */
    static String of(String reference) {
        if (!isOne(reference)) {
            throw new IllegalArgumentException("a partner's reference is not fit for a path");
        }
        return reference;
    }
}
