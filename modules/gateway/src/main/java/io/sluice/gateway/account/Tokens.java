package io.sluice.gateway.account;

/** What somebody who signed in, or refreshed, gets. Prints itself as nothing. */
record Tokens(String access, String refresh, long expiresInSeconds) {

    @Override
    public String toString() {
        return "•••";
    }
}
