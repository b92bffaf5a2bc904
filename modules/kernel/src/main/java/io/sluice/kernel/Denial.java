package io.sluice.kernel;

/** No, and why. */
public record Denial(PrivacyRefusal reason) implements Decision {}
