package io.sluice.kernel;

/** Whose field it is, and so under whose key it is sealed and against whose wishes its use is decided. */
public enum Owner {
    /** The person who acts: the account holder, the buyer. */
    BUYER,
    /** The person to whom the parcel goes. The buyer, unless the message names a recipient of its own. */
    ADDRESSEE
}
