package io.sluice.guard;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Wants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether contracts grant more than is needed: how many messages of each contract held a field, how many were
 * delivered with it, and in how many it was read. What is granted and never read can be taken out of the law.
 *
 * <p>A field that is read or carried counts as read when the view takes it; one that is opened, when its value is revealed. It
 * counts once for each delivery. Names of contracts and fields are all that it knows: both are closed lists of the law.
 */
public final class Minimisation {

    /** How a contract grants a field. */
    public enum Way {
        READS,
        OPENS,
        CARRIES
    }

    /**
     * One field that one side of a contract grants, and what became of it on this node.
     *
     * @param isReply true if it is granted to the asker, in the answer
     * @param deliveries under this side of the contract, with the field or without
     * @param present messages that came with it, refused ones included
     */
    public record Grant(
            String contract,
            boolean isReply,
            Field<?> field,
            Way way,
            long deliveries,
            long present,
            long delivered,
            long read) {

        /** Whether the contract has been made use of, and this field never. A contract that nobody used says nothing. */
        public boolean isUnused() {
            return deliveries > 0 && read == 0;
        }
    }

    /**
     * @param since when the counting began
     * @param grants of the law in force, for each address that this node serves or asks, by contract, direction and field
     */
    public record Report(String policyVersion, Instant since, List<Grant> grants) {
        public Report {
            grants = List.copyOf(grants);
        }

        public List<Grant> unused() {
            return grants.stream().filter(Grant::isUnused).toList();
        }
    }

    private record Watched(String address, boolean isReply, FieldCounts counts) {}

    private final LawInForce law;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Instant since;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();

    Minimisation(LawInForce law, MeterRegistry meters, InstantSource clock, LongSupplier nanoTime) {
        this.law = law;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.since = clock.instant();
        Gauge.builder(
                        "sluice.guard.grants.unused",
                        this,
                        all -> all.report().unused().size())
                .register(meters);
    }

    /** Begins to count what comes to an address in one direction. */
    FieldCounts watch(Address<?, ?> address, boolean isReply) {
        FieldSet wanted = address.wants(isReply).all();
        FieldCounts counts = new FieldCounts(wanted);
        watched.add(new Watched(address.name(), isReply, counts));
        for (Field<?> field : policy().catalogue().fields(wanted)) {
            Tags tags = Tags.of("contract", address.name(), "direction", direction(isReply), "field", field.name());
            count("present", tags, counts.ofPresent(field));
            count("delivered", tags, counts.ofDelivered(field));
            count("read", tags, counts.ofRead(field));
        }
        return counts;
    }

    private void count(String what, Tags tags, @Nullable LongAdder adder) {
        if (adder != null) {
            FunctionCounter.builder("sluice.guard.fields", adder, LongAdder::sum)
                    .tags(tags.and("what", what))
                    .register(meters);
        }
    }

    private Policy policy() {
        return law.at(clock.instant(), nanoTime.getAsLong());
    }

    private static String direction(boolean isReply) {
        return isReply ? "reply" : "request";
    }

    /** What is granted by the law in force, and what became of it on this node. */
    public Report report() {
        Policy policy = policy();
        List<Grant> grants = new ArrayList<>();
        for (Watched one : watched) {
            policy.contract(one.address())
                    .ifPresent(contract -> grants(policy, contract, one).forEach(grants::add));
        }
        grants.sort(Comparator.comparing(Grant::contract)
                .thenComparing(Grant::isReply)
                .thenComparing(grant -> grant.field().name())
                .thenComparing(Grant::way));
        return new Report(policy.version(), since, grants);
    }

    private static Stream<Grant> grants(Policy policy, Contract contract, Watched one) {
        Wants side = contract.side(one.isReply());
        return Stream.of(
                        grants(policy, side.reads(), Way.READS, one),
                        grants(policy, side.opens(), Way.OPENS, one),
                        grants(policy, side.carries(), Way.CARRIES, one))
                .flatMap(all -> all);
    }

    private static Stream<Grant> grants(Policy policy, FieldSet fields, Way way, Watched one) {
        FieldCounts counts = one.counts();
        return policy.catalogue().fields(fields).stream()
                .map(field -> new Grant(
                        one.address(),
                        one.isReply(),
                        field,
                        way,
                        counts.deliveries(),
                        sum(counts.ofPresent(field)),
                        sum(counts.ofDelivered(field)),
                        sum(counts.ofRead(field))));
    }

    /** What the law grants and the code does not even want is not counted, and is never read. */
    private static long sum(@Nullable LongAdder adder) {
        return adder == null ? 0 : adder.sum();
    }
}
