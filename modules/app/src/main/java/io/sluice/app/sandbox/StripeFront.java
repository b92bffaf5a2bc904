package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Acquirer.Standing;
import io.sluice.app.sandbox.Desk.Answer;
import io.sluice.app.sandbox.Desk.Asked;
import io.sluice.app.sandbox.Operation.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The same provider in Stripe's words: payment intents captured by hand, refunds, events. What was asked for here is called back about
 * here. Answers and events are cut when something happens and rest in the book's line, so that a key's first answer, and an event, stay
 * the same after a restart too. Which request came with a key is remembered until then.
 */
final class StripeFront {

    /** Where the shop takes events. */
    static final String CALLBACKS = "/v1/webhooks/payments/stripe";

    private static final String INTENTS = "/v1/payment_intents";
    private static final String NOTED = "noted";
    private static final Pattern METADATA = Pattern.compile("metadata\\[([^\\]]{1,40})]");
    private static final Pattern QUERY =
            Pattern.compile("metadata\\[['\"]([^'\"]{1,40})['\"]]:['\"]([^'\"]{1,500})['\"]");
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,7}");
    private static final int PAGE = 100;

    private final Acquirer acquirer;
    private final Supplier<UUID> ids;
    private final int room;
    private final Function<Operation, Future<Void>> recorder;
    private final StripeObjects objects = new StripeObjects(this::metadata, this::challenge);
    private final Map<String, Map<String, String>> metadata = new HashMap<>();
    /** The last payment that noted a value under a name. */
    private final Map<String, String> byMetadata = new HashMap<>();

    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, String> requests = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private Trade.@Nullable Premises premises;
    private @Nullable Desk desk;

    /** What to do; empty if nobody is to hear of it. May throw a {@link RequestRefused}. */
    @FunctionalInterface
    private interface Decision {
        Optional<Operation> make();
    }

    /**
     * @param room how many keys are remembered; past it, nothing more is done
     * @param recorder applies a decision and writes it down
     */
    StripeFront(Acquirer acquirer, Supplier<UUID> ids, int room, Function<Operation, Future<Void>> recorder) {
        this.acquirer = acquirer;
        this.ids = ids;
        this.room = room;
        this.recorder = recorder;
    }

    void serve(Router router, Trade.Premises opened) {
        premises = opened;
        Desk spoken = opened.desk().speaking(new StripeWording());
        desk = spoken;
        router.routeWithRegex("/v1/(payment_intents|refunds).*").handler(http -> {
            http.response().putHeader("request-id", StripeObjects.stripes("req_", "_" + ids.get()));
            http.next();
        });
        spoken.act(router, INTENTS, this::authorise);
        spoken.act(router, INTENTS + "/:id/capture", asked -> once(asked, () -> Optional.of(capture(asked))));
        spoken.act(router, INTENTS + "/:id/cancel", asked -> once(asked, () -> Optional.of(release(asked))));
        spoken.act(router, INTENTS + "/:id", this::note);
        spoken.act(router, "/v1/refunds", asked -> once(asked, () -> Optional.of(refund(asked))));
        spoken.look(router, INTENTS + "/search", this::search);
        spoken.look(router, INTENTS + "/:id", http -> told(objects.intent(existing(Desk.path(http, "id")))));
        spoken.look(router, "/v1/refunds", this::refunds);
        spoken.look(router, "/v1/refunds/:id", http -> {
            Standing refund = acquirer.byId(StripeObjects.operation("rf_", Desk.path(http, "id")), Kind.REFUND);
            if (refund == null || refund.now().metadata() == null) {
                throw new RequestRefused(404, "resource_missing");
            }
            return told(objects.refund(refund.now(), authorisationOf(refund.now())));
        });
    }

    private Future<Answer> authorise(Asked asked) {
        String method = text(asked, "payment_method");
        if (!"manual".equals(asked.body().from().getString("capture_method"))
                || !"true".equals(asked.body().from().getString("confirm"))) {
            throw new RequestRefused(400, "parameter_missing"); // anything else is not played here
        }
        return once(asked, () -> {
            Map<String, String> notes = notes(asked);
            String currency = text(asked, "currency").toUpperCase(Locale.ROOT);
            if (!ProviderTrade.isCurrency(currency)) {
                throw new RequestRefused(400, "parameter_invalid_empty");
            }
            long amount = amount(asked, "amount").orElseThrow(() -> new RequestRefused(400, "parameter_missing"));
            boolean isUnheard = MagicMethod.of(method) == MagicMethod.TIMEOUT_BEFORE && desk().isSilent(asked.key());
            return isUnheard
                    ? Optional.empty()
                    : Optional.of(acquirer.authorise(
                                    asked.key(), amount, currency, method, notes.getOrDefault("order_id", asked.key()))
                            .noting(notes));
        });
    }

    private Operation capture(Asked asked) {
        Standing from = existing(asked.path("id"));
        boolean isFinal = !"false".equals(asked.body().from().getString("final_capture"));
        long amount = amount(asked, "amount_to_capture").orElse(from.left());
        return acquirer.capture(from, asked.key(), amount, isFinal).noting(notes(asked));
    }

    private Operation release(Asked asked) {
        String reason = asked.body().from().getString("cancellation_reason");
        return acquirer.release(existing(asked.path("id")), asked.key(), null)
                .noting(reason == null ? Map.of() : Map.of("cancellation_reason", reason));
    }

    /** Out of the smallest capture that has enough, since Stripe knows a payment's captures by their sum alone. */
    private Operation refund(Asked asked) {
        Standing from = existing(text(asked, "payment_intent"));
        List<Standing> captures = from.done(Kind.CAPTURE)
                .sorted(Comparator.comparingLong(Standing::left))
                .toList();
        if (captures.isEmpty()) {
            throw new RequestRefused(400, "payment_intent_unexpected_state");
        }
        Standing largest = captures.getLast();
        long amount = amount(asked, "amount").orElse(Math.max(1, largest.left()));
        Standing capture = captures.stream()
                .filter(one -> one.left() >= amount)
                .findFirst()
                .orElse(largest);
        return acquirer.refund(capture, asked.key(), amount).noting(notes(asked));
    }

    /** Metadata may be added at any time; that is all that can be changed here. */
    private Future<Answer> note(Asked asked) {
        Standing of = existing(asked.path("id"));
        Map<String, String> notes = notes(asked);
        return started(asked).orElseGet(() -> {
            JsonObject line = new JsonObject()
                    .put("effect", NOTED)
                    .put("id", of.now().id())
                    .put("reference", of.now().reference())
                    .put("idempotency_key", asked.key())
                    .put("metadata", new JsonObject(new TreeMap<>(notes)));
            join(of.now().id(), notes);
            line.put("object", objects.intent(of));
            recall(line);
            return finished(asked, premises().chronicle().record(line), Desk.Manner.AT_ONCE);
        });
    }

    private Future<Answer> search(RoutingContext http) {
        String query = http.request().getParam("query");
        Matcher asked = QUERY.matcher(query == null ? "" : query.strip());
        if (!asked.matches()) {
            throw new RequestRefused(400, "parameter_invalid_string");
        }
        JsonArray found = new JsonArray();
        String id = byMetadata.get(asked.group(1) + "=" + asked.group(2));
        Standing standing = id == null ? null : acquirer.byId(id, Kind.AUTHORISATION);
        if (standing != null) {
            found.add(objects.intent(standing));
        }
        return told(new JsonObject()
                .put("object", "search_result")
                .put("url", INTENTS + "/search")
                .put("has_more", false)
                .put("next_page", null)
                .put("data", found));
    }

    private Future<Answer> refunds(RoutingContext http) {
        String intent = http.request().getParam("payment_intent");
        if (intent == null) {
            throw new RequestRefused(400, "parameter_missing");
        }
        Standing from = existing(intent);
        List<JsonObject> all = from.done(Kind.CAPTURE)
                .flatMap(capture -> capture.onward(Kind.REFUND))
                .map(Standing::now)
                .filter(StripeSayings::isRefund)
                .sorted(Comparator.comparing(Operation::id).reversed())
                .map(refund -> objects.refund(refund, from.now().id()))
                .toList();
        String after = http.request().getParam("starting_after");
        List<JsonObject> rest = all.stream()
                .dropWhile(one -> after != null && !one.getString("id").equals(after))
                .skip(after == null ? 0 : 1)
                .toList();
        int limit = limit(http.request().getParam("limit"));
        return told(new JsonObject()
                .put("object", "list")
                .put("url", "/v1/refunds")
                .put("has_more", rest.size() > limit)
                .put("data", new JsonArray(rest.stream().limit(limit).toList())));
    }

    private static int limit(@Nullable String asked) {
        return asked != null && asked.matches("[1-9][0-9]?|100") ? Integer.parseInt(asked) : PAGE / 10;
    }

    private Future<Answer> told(JsonObject object) {
        return premises().chronicle().settled().map(settled -> Answer.ok(object));
    }

    /** The first answer if the key has one already, else what the decision says; no decision is silence. */
    private Future<Answer> once(Asked asked, Decision decision) {
        return started(asked).orElseGet(() -> {
            Optional<Operation> made = decided(asked.key(), decision);
            return made.map(operation ->
                            finished(asked, recorder.apply(operation), ProviderTrade.manner(operation, desk(), true)))
                    .orElseGet(() -> Future.succeededFuture(Answer.SILENCE));
        });
    }

    /** The answer once it is written down. A second request with its key may not come before, nor while the answer is on its slow way. */
    private Future<Answer> finished(Asked asked, Future<Void> noted, Desk.Manner manner) {
        underWay.add(asked.key());
        if (manner == Desk.Manner.SLOWLY) {
            asked.http().addEndHandler(ended -> underWay.remove(asked.key()));
        } else {
            noted.onComplete(ended -> underWay.remove(asked.key()));
        }
        return noted.map(written -> {
            Answer answer = Objects.requireNonNull(answers.get(asked.key()), "nothing was answered to that key");
            return new Answer(answer.status(), answer.body(), manner);
        });
    }

    private Optional<Operation> decided(String key, Decision decision) {
        try {
            return decision.make();
        } catch (RequestRefused refused) {
            requests.remove(key); // what was never begun does not use its key up
            throw refused;
        }
    }

    /** The answer to a key that was used before; empty if it is new. */
    private Optional<Future<Answer>> started(Asked asked) {
        if (underWay.contains(asked.key())) {
            throw new RequestRefused(409, "idempotency_key_in_use");
        }
        String request =
                asked.http().normalizedPath() + " " + asked.body().from().encode();
        String before = requests.putIfAbsent(asked.key(), request);
        if (before != null && !before.equals(request)) {
            throw new RequestRefused(400, "idempotency_error");
        }
        Answer known = answers.get(asked.key());
        if (known == null && answers.size() >= room) {
            throw new RequestRefused(503, "no_room_left");
        }
        if (known == null) {
            return Optional.empty();
        }
        asked.http().response().putHeader("idempotent-replayed", "true");
        Standing first = acquirer.byKey(asked.key());
        return Optional.of(premises()
                .chronicle()
                .settled()
                .map(settled -> new Answer(
                        known.status(),
                        known.body(),
                        first == null ? known.manner() : ProviderTrade.manner(first.first(), desk(), false))));
    }

    /** Whether a line of the book is about metadata alone. */
    boolean isNote(JsonObject line) {
        return NOTED.equals(line.getString("effect"));
    }

    /** Puts into a line of the book what it says in Stripe's words, if it was asked for in those. */
    void tell(Operation operation, JsonObject line) {
        if (operation.metadata() == null) {
            return;
        }
        join(operation);
        String authorisation = authorisationOf(operation);
        Standing standing = Objects.requireNonNull(acquirer.byId(authorisation, Kind.AUTHORISATION));
        String event = StripeSayings.event(operation, standing);
        line.put(
                "object",
                switch (operation.kind()) {
                    case AUTHORISATION ->
                        "charge.expired".equals(event) ? objects.charge(standing) : objects.intent(standing);
                    case CAPTURE, VOID -> objects.intent(standing);
                    case REFUND -> objects.refund(operation, authorisation);
                    case CHARGEBACK -> objects.dispute(operation, authorisation);
                });
        if (event != null) {
            line.put("type", event);
        }
        String also = StripeSayings.also(operation);
        if (also != null) {
            line.put("also", also);
        }
        recall(line);
    }

    /** Takes a line into account, whether just written or read again. */
    void recall(JsonObject line) {
        Map<String, String> notes = Operation.metadata(line);
        if (notes == null) {
            return;
        }
        String key = line.getString("idempotency_key");
        JsonObject object = line.getJsonObject("object");
        if (isNote(line)) {
            join(line.getString("id"), notes);
            answers.putIfAbsent(key, Answer.ok(object));
            return;
        }
        Operation operation = Operation.read(line);
        join(operation);
        if (operation.kind() != Kind.CHARGEBACK) { // nobody asked for it under a key
            answers.putIfAbsent(key, StripeSayings.answer(operation, object));
        }
    }

    /** Only what was done is noted with a payment: its authorisation, and captures of it. */
    private void join(Operation operation) {
        Map<String, String> notes = operation.metadata();
        if (notes != null && operation.kind() == Kind.AUTHORISATION) {
            join(operation.id(), notes);
        } else if (notes != null && operation.kind() == Kind.CAPTURE && operation.succeeded()) {
            join(authorisationOf(operation), notes);
        }
    }

    private void join(String authorisation, Map<String, String> notes) {
        metadata.computeIfAbsent(authorisation, first -> new TreeMap<>()).putAll(notes);
        notes.forEach((name, value) -> byMetadata.put(name + "=" + value, authorisation));
    }

    private Map<String, String> metadata(String authorisation) {
        return metadata.getOrDefault(authorisation, Map.of());
    }

    private String challenge(String id) {
        return premises().base().get() + "/v1/challenges/" + id;
    }

    /** The authorisation that an operation goes back to. */
    private String authorisationOf(Operation operation) {
        String of = operation.of();
        if (of == null) {
            return operation.id();
        }
        Standing capture = acquirer.byId(of, Kind.CAPTURE);
        return capture == null ? of : String.valueOf(capture.now().of());
    }

    private Standing existing(String intent) {
        Standing found = acquirer.byId(StripeObjects.operation("au_", intent), Kind.AUTHORISATION);
        if (found == null || found.now().metadata() == null) {
            throw new RequestRefused(404, "resource_missing");
        }
        return found;
    }

    private static Map<String, String> notes(Asked asked) {
        Map<String, String> notes = new TreeMap<>();
        JsonObject body = asked.body().from();
        for (String field : body.fieldNames()) {
            Matcher name = METADATA.matcher(field);
            if (name.matches()) {
                notes.put(name.group(1), body.getString(field));
            }
        }
        return notes;
    }

    private static String text(Asked asked, String name) {
        String text = asked.body().from().getString(name);
        if (text == null || text.isBlank()) {
            throw new RequestRefused(400, "parameter_missing");
        }
        return text;
    }

    private static Optional<Long> amount(Asked asked, String name) {
        String text = asked.body().from().getString(name);
        if (text != null && !AMOUNT.matcher(text).matches()) {
            throw new RequestRefused(400, "parameter_invalid_integer");
        }
        return Optional.ofNullable(text).map(Long::valueOf);
    }

    private Trade.Premises premises() {
        return Objects.requireNonNull(premises, "not open yet");
    }

    private Desk desk() {
        return Objects.requireNonNull(desk, "not open yet");
    }
}
