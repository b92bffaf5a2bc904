package io.sluice.kernel;

/** What the code at one address declares: its purpose and the fields it wants, in the request and in the answer. */
public record Declared(String address, Purpose purpose, Wants request, Wants reply) {}
