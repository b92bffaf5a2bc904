package io.sluice.app.demo;

import io.sluice.app.node.Books;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The table at the end of a demo: what customers were told, what the partners' own books say, and what the ledger holds. */
public final class DemoReport {

    private static final int MOST_WRONG_SHOWN = 20;

    private final DemoResult result;
    private final OutsideBooks outside;
    private final Books node;

    private DemoReport(DemoResult result, OutsideBooks outside, Books node) {
        this.result = result;
        this.outside = outside;
        this.node = node;
    }

    /** @param outside folder of the partners' own books */
    public static DemoReport of(Books node, Path outside, DemoResult result) throws IOException {
        return new DemoReport(result, OutsideBooks.read(outside), node);
    }

    /**
     * Whether every line ended as it should, no partner did anything twice, every delivery has its leaf, and the ledger
     * verifies.
     */
    public boolean isRight() {
        return result.wrong().isEmpty() && outside.repeated() == 0 && node.agree() && node.isSound();
    }

    public String text() {
        StringBuilder text = new StringBuilder(2_048);
        section(text, "orders by outcome", result.ends());
        section(text, "requests refused, by problem", result.refusals());
        row(text, "requests answered by their first answer again", result.replays());
        row(text, "calls sent again for want of an answer", result.repeats());
        section(text, "payments, by the provider's book", outside.provider());
        section(text, "parcels, by the carrier's book", outside.carrier());
        row(text, "effects that a partner carried out twice", outside.repeated());
        section(text, "disclosures by partner, by the ledger", node.figures().disclosures());
        section(text, "refusals by reason, by the ledger", node.figures().refusals());
        heading(text, "privacy");
        row(text, "deliveries made with personal fields", node.deliveries());
        row(text, "deliveries withheld after their use was logged", node.withheld());
        row(text, "uses logged", node.figures().uses());
        row(text, "ledger shards that verify", node.isSound() ? "all" : "not all");
        heading(text, "speed");
        row(text, "requests", result.requests());
        row(text, "requests per second", format(result.requestsPerSecond()));
        for (double share : new double[] {0.5, 0.9, 0.99}) {
            String name = "latency p" + Math.round(share * 100) + " (ms)";
            row(text, name, format(result.latencyMillis(share)));
        }
        row(text, "seconds until every order was at rest", format(result.secondsUntilRest()));
        verdict(text);
        return text.toString();
    }

    private void verdict(StringBuilder text) {
        text.append('\n');
        if (isRight()) {
            text.append("every order ended as its line says it should, and every use is in the ledger\n");
            return;
        }
        text.append(result.wrong().size()).append(" lines ended otherwise than they should:\n");
        result.wrong().entrySet().stream()
                .limit(MOST_WRONG_SHOWN)
                .forEach(wrong -> text.append("  line ")
                        .append(wrong.getKey())
                        .append(": ")
                        .append(wrong.getValue())
                        .append('\n'));
        if (!node.agree()) {
            text.append("uses logged, and deliveries made or withheld, differ\n");
        }
        if (!node.isSound()) {
            text.append("the ledger does not verify: ").append(node.verdicts()).append('\n');
        }
    }

    private static void section(StringBuilder text, String name, Map<String, ? extends Number> counts) {
        heading(text, name);
        if (counts.isEmpty()) {
            text.append("  none\n");
        }
        counts.forEach((key, count) -> row(text, key, count));
    }

    private static void heading(StringBuilder text, String name) {
        text.append('\n').append(name).append('\n');
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append(String.format(Locale.ROOT, "  %-52s %10s%n", name, value));
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
