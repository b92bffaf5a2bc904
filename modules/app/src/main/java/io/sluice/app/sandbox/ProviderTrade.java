package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Acquirer.Standing;
import io.sluice.app.sandbox.Desk.Answer;
import io.sluice.app.sandbox.Desk.Asked;
import io.sluice.app.sandbox.Desk.Manner;
import io.sluice.app.sandbox.Operation.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The payment provider's trade: what the protocol in the package's description asks, answered by the acquirer. */
final class ProviderTrade implements Trade {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderTrade.class);
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /** How many operations one provider remembers; past it, it does no more. */
    private static final int ROOM = 5_000_000;

    private final Acquirer acquirer;
    private final AfterAWhile expiries;
    private final AfterAWhile sequels;
    private final StripeFront stripe;
    private @Nullable Premises premises;

    ProviderTrade(Supplier<UUID> ids, SandboxFaults faults, SandboxPace pace) {
        acquirer = new Acquirer(ids, faults);
        expiries = new AfterAWhile(pace.authorisationLasts(), id -> happen(acquirer.expired(id)));
        sequels = new AfterAWhile(pace.lateAfter(), id -> happen(acquirer.sequel(id)));
        stripe = new StripeFront(acquirer, ids, ROOM, this::record);
    }

    @Override
    public String callbackPath() {
        return "/v1/webhooks/payments/sandbox";
    }

    @Override
    public void recall(JsonObject line) {
        if (!stripe.isNote(line)) {
            took(Operation.read(line), Instant.parse(line.getString("at")));
        }
        stripe.recall(line);
    }

    private void took(Operation operation, Instant at) {
        acquirer.apply(operation);
        if (operation.kind() == Kind.AUTHORISATION && operation.succeeded()) {
            expiries.expect(operation.id(), at);
        } else if (acquirer.hasSequel(operation)) {
            sequels.expect(operation.id(), at);
        }
    }

    /** Nobody asked for it, and the shop hears of it by a callback. */
    private void happen(@Nullable Operation operation) {
        if (operation != null) {
            record(operation)
                    .onFailure(failed -> LOG.warn("sandbox operation not noted until a restart id={}", operation.id()));
        }
    }

    @Override
    public void resume() {
        // whatever else is open waits for the customer or the shop
        expiries.goOn(Objects.requireNonNull(premises, "not open yet"));
        sequels.goOn(premises);
    }

    @Override
    public Router open(Premises opened) {
        premises = opened;
        Desk desk = opened.desk();
        Router router = desk.router();
        desk.act(router, "/v1/authorisations", this::authorise);
        desk.act(
                router,
                "/v1/authorisations/:id/captures",
                asked -> known(asked, () -> {
                    Standing from = existing(asked, Kind.AUTHORISATION);
                    return acquirer.capture(
                            from,
                            asked.key(),
                            asked.body().amount(),
                            asked.body().flag("final"));
                }));
        desk.act(
                router,
                "/v1/authorisations/:id/voids",
                asked -> known(asked, () -> {
                    Standing from = existing(asked, Kind.AUTHORISATION);
                    return acquirer.release(from, asked.key(), asked.body().amountOrNull());
                }));
        desk.act(
                router,
                "/v1/captures/:id/refunds",
                asked -> known(asked, () -> {
                    Standing from = existing(asked, Kind.CAPTURE);
                    return acquirer.refund(from, asked.key(), asked.body().amount());
                }));
        desk.look(router, "/v1/operations", this::lookUp);
        desk.look(
                router,
                "/v1/callbacks",
                asked -> Future.succeededFuture(Answer.ok(chronicle().callbacks())));
        desk.act(
                router,
                "/v1/callbacks/retries",
                asked -> Future.succeededFuture(Answer.ok(chronicle().unpark())));
        new ChallengePages(desk, acquirer, this::record).serve(router);
        stripe.serve(router, opened);
        return router;
    }

    static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }

    private Future<Answer> authorise(Asked asked) {
        return known(asked, () -> {
            long amount = asked.body().amount();
            String currency = asked.body().text("currency", 3);
            String method = asked.body().text("method", 64);
            String reference = asked.body().text("reference", 128);
            if (!isCurrency(currency)) {
                throw new RequestRefused(422, "currency_unknown");
            }
            if (MagicMethod.of(method) == MagicMethod.TIMEOUT_BEFORE && desk().isSilent(asked.key())) {
                return null;
            }
            return acquirer.authorise(asked.key(), amount, currency, method, reference);
        });
    }

    /** The first answer if the key has one already, else what the decision says; no decision is silence. */
    private Future<Answer> known(Asked asked, Decision decision) {
        Standing known = acquirer.byKey(asked.key());
        if (known != null) {
            return chronicle().settled().map(settled -> answer(known.first(), false));
        }
        if (acquirer.size() >= ROOM) {
            throw new RequestRefused(503, "no_room_left");
        }
        Operation made = decision.make();
        return made == null
                ? Future.succeededFuture(Answer.SILENCE)
                : record(made).map(noted -> answer(made, true));
    }

    /** What to do; may throw a {@link RequestRefused}. */
    @FunctionalInterface
    private interface Decision {
        @Nullable Operation make();
    }

    private Standing existing(Asked asked, Kind kind) {
        Standing found = acquirer.byId(asked.path("id"), kind);
        if (found == null) {
            throw new RequestRefused(404, kind.word() + "_unknown");
        }
        return found;
    }

    /** Applied at once, so that whatever comes next sees it; told only once it is in the book. */
    private Future<Void> record(Operation operation) {
        took(operation, chronicle().now());
        JsonObject line = operation.noted();
        stripe.tell(operation, line);
        return chronicle().record(line);
    }

    private Answer answer(Operation operation, boolean isNew) {
        return Answer.created(operation.told(challenges()), manner(operation, desk(), isNew));
    }

    /** How an operation is answered, as its method has it. */
    static Manner manner(Operation operation, Desk desk, boolean isNew) {
        MagicMethod magic =
                operation.kind() == Kind.AUTHORISATION ? MagicMethod.of(operation.method()) : MagicMethod.VISA;
        return switch (magic) {
            case TIMEOUT_AFTER -> desk.isSilent(operation.key()) ? Manner.NEVER : Manner.AT_ONCE;
            case SLOW -> isNew ? Manner.SLOWLY : Manner.AT_ONCE;
            default -> Manner.AT_ONCE;
        };
    }

    private Future<Answer> lookUp(RoutingContext asked) {
        String key = asked.request().getParam("idempotency_key");
        Standing known = key == null ? null : acquirer.byKey(key);
        if (known == null) {
            throw new RequestRefused(404, "operation_unknown");
        }
        return chronicle().settled().map(settled -> Answer.ok(known.now().told(challenges())));
    }

    @Override
    public List<Callback> callbacks(JsonObject line) {
        if (Operation.metadata(line) != null) {
            return StripeSayings.callbacks(line);
        }
        Operation operation = Operation.read(line);
        return List.of(Callback.of(
                line.getString("event"),
                operation.key(),
                operation.kind().word() + "." + operation.status().word(),
                line.getString("at"),
                operation.told(challenges())));
    }

    private Chronicle chronicle() {
        return Objects.requireNonNull(premises, "not open yet").chronicle();
    }

    private Desk desk() {
        return Objects.requireNonNull(premises, "not open yet").desk();
    }

    private String challenges() {
        return Objects.requireNonNull(premises, "not open yet").base().get() + "/v1/challenges/";
    }
}
