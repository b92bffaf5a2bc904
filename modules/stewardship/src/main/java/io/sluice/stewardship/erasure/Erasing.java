package io.sluice.stewardship.erasure;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Bus;
import io.sluice.guard.FieldOpener;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.erasure.ErasureRows.KeptField;
import io.sluice.stewardship.erasure.ErasureRows.Leased;
import io.sluice.stewardship.policy.Law;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an erasure from where it stands to its end, or as far as it can go now. */
final class Erasing {

    private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);

    private final Bus bus;
    private final Supplier<Law> law;
    private final ErasureRows rows;
    private final Affairs affairs;
    private final Safe safe;
    private final ErasureSettings settings;
    private final InstantSource clock;
    private final MeterRegistry meters;

    Erasing(
            Bus bus,
            Supplier<Law> law,
            ErasureRows rows,
            Affairs affairs,
            Safe safe,
            ErasureSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.bus = bus;
        this.law = law;
        this.rows = rows;
        this.affairs = affairs;
        this.safe = safe;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /** Fails only if it cannot even be put off: then its lease runs out. */
    Future<Void> carryOut(Leased erasure) {
        return settled(erasure)
                .compose(isSettled -> {
                    if (!isSettled) {
                        count("waiting");
                        return rows.putOff(erasure.person(), settings.pause());
                    }
                    return held(erasure)
                            .compose(held -> safe.shred(erasure.region(), erasure.person()))
                            .compose(shredded -> rows.shredded(erasure.person(), clock.instant()))
                            .onSuccess(over -> count("shredded"));
                })
                // every step may be taken again
                .recover(cause -> {
                    count("failed");
                    LOG.warn("erasure put off", cause);
                    return rows.putOff(erasure.person(), settings.pause());
                });
    }

    /**
     * Whether the person is forgotten and nothing is under way. Looked at once more after they were forgotten: an order may have come
     * in between the look and that, by a request that was on its way.
     */
    private Future<Boolean> settled(Leased erasure) {
        Future<Boolean> forgotten = erasure.isForgotten()
                ? Future.succeededFuture(true)
                : bus.ask(Persons.ERASE, Parcel.about(Persons.of(erasure.person())))
                        .compose(asked -> rows.isForgotten(erasure.person()));
        return forgotten.compose(isForgotten ->
                isForgotten ? affairs.any(erasure.person()).map(any -> !any) : Future.succeededFuture(false));
    }

    private Future<Void> held(Leased erasure) {
        if (erasure.isHeld()) {
            return Future.succeededFuture();
        }
        SubjectId person = erasure.person();
        return affairs.keep(
                        person,
                        (record, ends, theirs) ->
                                resealed(erasure, record, ends, theirs).map(Erasing::ciphertexts))
                .compose(kept -> affairs.ends(person))
                .compose(ends -> rows.left(person).compose(left -> resealed(erasure, Accounts.of(person), ends, left)))
                .compose(account -> rows.held(person, account, clock.instant()))
                .onSuccess(held -> count("held"));
    }

    private static Map<Field<String>, Sealed> ciphertexts(List<KeptField> fields) {
        Map<Field<String>, Sealed> ciphertexts = new LinkedHashMap<>();
        fields.forEach(one -> ciphertexts.put(one.field(), one.sealed()));
        return ciphertexts;
    }

    /** Of these fields those that the law keeps, each under the key for its reason and last day. */
    private Future<List<KeptField>> resealed(
            Leased erasure, UUID record, Ends ends, Map<Field<String>, Sealed> fields) {
        SubjectId person = erasure.person();
        Map<String, Instant> events = ends.events(erasure.begunAt());
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        Map<Kept, List<FieldOpener.Item>> byHold = new HashMap<>();
        fields.forEach((field, ciphertext) -> Kept.of(law.get().erasure(), field, events, today)
                .ifPresent(kept -> byHold.computeIfAbsent(kept, first -> new ArrayList<>())
                        .add(new FieldOpener.Item(person, field, record, ciphertext))));
        List<Future<List<KeptField>>> holding = new ArrayList<>();
        byHold.forEach((kept, items) -> holding.add(
                safe.hold(erasure.region(), kept.reason(), kept.until(), items).map(anew -> named(kept, items, anew))));
        return Future.all(holding)
                .map(all -> all.<List<KeptField>>list().stream()
                        .flatMap(List::stream)
                        .toList());
    }

    private static List<KeptField> named(Kept kept, List<FieldOpener.Item> items, List<Optional<Sealed>> anew) {
        List<KeptField> fields = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Field<String> field = items.get(i).field();
            anew.get(i).ifPresent(held -> fields.add(new KeptField(field, held, kept)));
        }
        return fields;
    }

    private void count(String step) {
        meters.counter("sluice.erasures", "step", step).increment();
    }
}
