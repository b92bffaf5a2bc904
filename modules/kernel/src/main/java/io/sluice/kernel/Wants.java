package io.sluice.kernel;

/**
 * Three lists of fields: what is read in clear (operational fields), what is opened (plain in the view), and what is
 * carried (ciphertext only, to store or pass on). In code: what a handler wants. In the law: what it may have.
 */
public record Wants(FieldSet reads, FieldSet opens, FieldSet carries) {

    public static final Wants NOTHING = new Wants(FieldSet.NONE, FieldSet.NONE, FieldSet.NONE);

    public FieldSet all() {
        return reads.or(opens).or(carries);
    }

    /** True if every list of the other is contained in the same list here. */
    public boolean covers(Wants other) {
        return reads.containsAll(other.reads) && opens.containsAll(other.opens) && carries.containsAll(other.carries);
    }
}
