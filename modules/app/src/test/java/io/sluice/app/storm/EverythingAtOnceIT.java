package io.sluice.app.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.sandbox.SandboxFaults;
import io.sluice.app.storm.Crowd.Placed;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of the sandbox's switchboard strikes one time in ten, over thousands of orders. Repeat a run with
 * {@code -Dsluice.seed=…}; {@code -Dsluice.orders=…} says how many.
 */
final class EverythingAtOnceIT {

    private static final int ORDERS = Integer.getInteger("sluice.orders", 5_000);
    private static final long SEED = Long.getLong("sluice.seed", System.nanoTime());
    private static final double RATE = 0.1;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Steps that wait for a person or for the end of a term, not for a partner. */
    private static final String TERMS = "'EXPIRE', 'LAPSE', 'REVIEW'";

    private static final String PARTNERS =
            "'AUTHORISE', 'CAPTURE', 'VOID', 'REFUND', 'ASK_PROVIDER', 'DISPATCH', 'ASK_CARRIER'";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final long begun = System.nanoTime();

    @Test
    void theBooksAgreeToTheMinorUnitAndNoOrderIsStuck() throws Exception {
        theBooksAgree(ORDERS, ROUNDS, true);
    }

    // a minute more, for whoever changes how orders go out in parts
    @EnabledIfSystemProperty(named = "sluice.storm.parcels", matches = "true")
    @Test
    void soTheyDoWhereStaffSendOrdersOutInSeveralParcels() throws Exception {
        theBooksAgree(ORDERS / 10, ROUNDS, false);
    }

    private void theBooksAgree(int count, int rounds, boolean isSentByItself) throws Exception {
        say("seed " + SEED + ", " + count + " orders");
        SandboxFaults faults = SandboxFaults.NONE.seeded(SEED).everything(RATE);
        try (Scene scene = Scene.open(folder, faults, isSentByItself);
                Crowd crowd = new Crowd(scene, SEED)) {
            Map<String, Long> atFirst = onHand(scene);
            say("open");
            place(crowd, count);
            settle(scene, crowd);
            Staff staff = new Staff(crowd, isSentByItself);
            for (int round = 1; round <= rounds; round++) {
                staff.look(scene.orders(), round);
                settle(scene, crowd);
                say("staff have looked, round " + round);
            }
            if (!isSentByItself) {
                staff.sendRest(scene.orders());
                settle(scene, crowd);
            }

            List<JsonObject> orders = scene.orders();
            List<JsonObject> provider = scene.book("provider.ndjson");
            List<JsonObject> carrier = scene.book("carrier.ndjson");
            say("effects at the provider " + counted(provider));
            say("effects at the carrier " + counted(carrier));
            assertThat(orders).hasSize(count);
            assertEveryOrderIsAtAnEnd(orders);
            assertThat(Compared.differences(orders, provider, carrier)).isEmpty();
            assertThat(shelves(scene)).isEqualTo(Compared.shelves(atFirst, orders, carrier));
            assertBuyersAreToldTheSame(crowd, orders);
            assertNothingIsLeft(scene);
            assertTamperingIsNoticed(orders, provider, carrier);
        }
    }

    private void place(Crowd crowd, int count) throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            tasks.add(() -> {
                crowd.place(number);
                int placed = done.incrementAndGet();
                if (placed % 500 == 0) {
                    say(placed + " orders placed");
                }
                return null;
            });
        }
        crowd.all(tasks);
        assertThat(crowd.ids()).hasSize(count);
    }

    /** Until nothing moves any more: first what moves by itself, then what people are not coming back for. */
    private void settle(Scene scene, Crowd crowd) throws Exception {
        settleWhatMoves(scene, crowd);
        if (scene.timePasses("'EXPIRE', 'REVIEW'", "0") > 0) {
            settleWhatMoves(scene, crowd);
        }
    }

    private void settleWhatMoves(Scene scene, Crowd crowd) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        long bytes = -1;
        long since = System.nanoTime();
        long told = 0;
        while (true) {
            int given = crowd.answerBank();
            // a partner that is not there yet is asked again after up to a minute
            int hurried = scene.timePasses(PARTNERS, "2 seconds");
            long open = open(scene);
            long now = System.nanoTime();
            if (open > 0 || given > 0 || scene.bookBytes() != bytes) {
                bytes = scene.bookBytes();
                since = now;
            } else if (now - since > Scene.CALM.toNanos()) {
                return;
            }
            if (now - told > 5_000_000_000L) {
                told = now;
                say("in motion " + open + ", hurried " + hurried);
            }
            assertThat(now).as("still in motion: %s", open).isLessThan(giveUp);
            scene.pause();
        }
    }

    /** But for questions after operations that wait for a buyer: they go on until the buyer's time is over. */
    private static long open(Scene scene) throws Exception {
        return scene.number("select count(*) from commerce.step s join commerce.orders o on o.id = s.order_id"
                        + " where done_at is null and kind not in (" + TERMS + ") and not (kind = 'ASK_PROVIDER' and"
                        + " o.document @? '$.operations[*] ? (@.status == \"REQUIRES_ACTION\")')")
                + scene.number("select count(*) from commerce.inbox where processed_at is null")
                + scene.callbacksOpen();
    }

    private void assertEveryOrderIsAtAnEnd(List<JsonObject> orders) {
        Map<String, Integer> ends = new TreeMap<>();
        List<JsonObject> stuck = new ArrayList<>();
        orders.forEach(order ->
                Ends.of(order).ifPresentOrElse(end -> ends.merge(end, 1, Integer::sum), () -> stuck.add(order)));
        ends.forEach((end, count) -> say("%6d %s".formatted(count, end)));
        assertThat(stuck).as("stuck").isEmpty();
    }

    private static void assertBuyersAreToldTheSame(Crowd crowd, List<JsonObject> orders) throws Exception {
        Map<String, String> otherwise = new ConcurrentHashMap<>();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (JsonObject order : orders) {
            Placed placed = crowd.placed(order.getString("id"));
            tasks.add(() -> {
                JsonObject shown = crowd.shown(placed);
                Money money = Money.of(order);
                boolean agrees = shown.getJsonObject("captured").getLong("amount") == money.captured()
                        && shown.getJsonObject("refunded").getLong("amount") == money.refunded()
                        && shown.getString("state").equals(order.getString("state"));
                if (!agrees) {
                    otherwise.put(placed.id(), shown.encode());
                }
                return null;
            });
        }
        crowd.all(tasks);
        assertThat(otherwise).isEmpty();
    }

    private static void assertNothingIsLeft(Scene scene) throws Exception {
        assertThat(scene.texts(
                        "select kind || ' ' || order_id from commerce.step where done_at is null and (kind not in ("
                                + TERMS + ") or due_at <= now())"))
                .as("steps")
                .isEmpty();
        assertThat(scene.texts("select event_id from commerce.inbox where processed_at is null or verdict = 'unknown'"))
                .as("callbacks")
                .isEmpty();
        assertThat(scene.texts(
                        "select order_id from commerce.order_event group by order_id having count(*) <> max(sequence)"))
                .as("orders with a gap in their history")
                .isEmpty();
    }

    /** One minor unit more, or one line less, in either partner's book. */
    private static void assertTamperingIsNoticed(
            List<JsonObject> orders, List<JsonObject> provider, List<JsonObject> carrier) {
        for (String effect : List.of("authorised", "captured", "voided", "refunded", "charged_back")) {
            int at = at(provider, effect);
            JsonObject line = provider.get(at).copy();
            line.put("amount", line.getLong("amount") + 1);
            List<JsonObject> dearer = new ArrayList<>(provider);
            dearer.set(at, line);
            assertThat(Compared.differences(orders, dearer, carrier))
                    .as("one minor unit more %s", effect)
                    .isNotEmpty();
        }
        for (String effect :
                List.of("declined", "captured", "capture_reversed", "voided", "refunded", "charged_back")) {
            List<JsonObject> shorter = new ArrayList<>(provider);
            shorter.remove(at(provider, effect));
            assertThat(Compared.differences(orders, shorter, carrier))
                    .as("without a line that says %s", effect)
                    .isNotEmpty();
        }
        for (String effect : List.of("delivered", "lost", "returned")) {
            List<JsonObject> shorter = new ArrayList<>(carrier);
            shorter.remove(at(carrier, effect));
            assertThat(Compared.differences(orders, provider, shorter))
                    .as("without a line that says %s", effect)
                    .isNotEmpty();
        }
    }

    /** A line that says so and is the last word about its thing: what is undone later would not be missed. */
    private static int at(List<JsonObject> book, String effect) {
        for (int i = 0; i < book.size(); i++) {
            String id = book.get(i).getString("id");
            boolean isLastWord = book.get(i).getString("effect").equals(effect)
                    && book.subList(i + 1, book.size()).stream()
                            .noneMatch(later -> later.getString("id").equals(id));
            if (isLastWord) {
                return i;
            }
        }
        throw new AssertionError("nothing was " + effect);
    }

    private static Map<String, Integer> counted(List<JsonObject> book) {
        Map<String, Integer> counts = new TreeMap<>();
        book.forEach(line -> counts.merge(line.getString("effect"), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Long> onHand(Scene scene) throws Exception {
        Map<String, Long> shelves = new TreeMap<>();
        shelves(scene).forEach((sku, counts) -> shelves.put(sku, counts.getFirst()));
        return shelves;
    }

    /** Pieces on each shelf, and those of them that are set aside. */
    private static Map<String, List<Long>> shelves(Scene scene) throws Exception {
        Map<String, List<Long>> shelves = new TreeMap<>();
        scene.texts("select sku || ' ' || on_hand || ' ' || reserved from commerce.stock")
                .forEach(row -> {
                    List<String> parts = List.of(row.split(" "));
                    shelves.put(parts.get(0), List.of(Long.valueOf(parts.get(1)), Long.valueOf(parts.get(2))));
                });
        return shelves;
    }

    private void say(String what) {
        System.out.printf("storm %5.1f s: %s%n", (System.nanoTime() - begun) / 1e9, what);
    }
}
