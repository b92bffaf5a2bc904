package io.sluice.ledger;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Use;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Version 1 of the leaf: how a use becomes the bytes that are hashed. Writer, offline verifier and browser must agree on it to
 * the bit; the test vectors in {@code leaves-v1.ndjson} hold it. A change is a new version.
 */
public final class LeafForm {

    static final int VERSION = 1;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Catalogue catalogue;
    private final Pseudonyms pseudonyms;
    private final String node;

    LeafForm(Catalogue catalogue, Pseudonyms pseudonyms, String node) {
        this.catalogue = catalogue;
        this.pseudonyms = pseudonyms;
        this.node = node;
    }

    /** UTC with milliseconds, always three digits of them. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The leaf but for its number, which is known only when its batch is written. A member without a value is left out. */
    PendingLeaf leaf(Use use) {
        SubjectId addressee = use.addressee();
        SubjectId buyer = use.buyer();
        UUID record = use.record();
        CanonicalJson json = new CanonicalJson()
                .maybe("addressee", addressee == null ? null : pseudonyms.subject(addressee))
                .maybe("buyer", buyer == null ? null : pseudonyms.subject(buyer))
                .texts("carried", catalogue.names(use.carried()))
                .text("contract", use.contract())
                .text("decision", use.decision())
                .text("kind", LeafKind.of(use).word())
                .gap("n")
                .text("node", node)
                .texts("opened", catalogue.names(use.opened()))
                .text("policy", use.policyVersion())
                .maybe("purpose", use.purpose() == null ? null : use.purpose().id())
                .text("receiver", use.receiver())
                .maybe("record", record == null ? null : pseudonyms.record(record))
                .text("time", time(use.time()))
                .number("v", VERSION);
        return new PendingLeaf(use.time(), LeafKind.of(use), use.standings(), json.beforeGap(), json.afterGap());
    }
}
