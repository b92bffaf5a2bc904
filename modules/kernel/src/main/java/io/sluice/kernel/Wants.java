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

    /** What is contained in the same list of both. */
    public Wants and(Wants other) {
        return new Wants(reads.and(other.reads), opens.and(other.opens), carries.and(other.carries));
    }

    /** What is contained in a list here and not in the same list of the other. */
    Wants without(Wants other) {
        return new Wants(reads.without(other.reads), opens.without(other.opens), carries.without(other.carries));
    }

    /** True if every list of the other is contained in the same list here. */
    public boolean covers(Wants other) {
        return reads.containsAll(other.reads) && opens.containsAll(other.opens) && carries.containsAll(other.carries);
    }
}
