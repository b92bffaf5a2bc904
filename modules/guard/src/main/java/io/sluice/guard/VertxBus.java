package io.sluice.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PolicyCheck;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Unavailable;
import io.sluice.kernel.Wants;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The bus over the Vert.x event bus. */
final class VertxBus implements Bus {

    private final EventBus eventBus;
    private final Switchboard switchboard;
    private final LawInForce law;
    private final UseLedger ledger;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    private final GuardSettings settings;

    VertxBus(
            EventBus eventBus,
            Switchboard switchboard,
            LawInForce law,
            UseLedger ledger,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            GuardSettings settings,
            LetterCodec codec) {
        this.eventBus = eventBus;
        this.switchboard = switchboard;
        this.law = law;
        this.ledger = ledger;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.settings = settings;
        // the peer names the codec and bodies are decoded before any check: no Java serialisation, whoever asks for it
        eventBus.registerCodec(codec)
                .serializableChecker(className -> false)
                .clusterSerializableChecker(className -> false);
    }

    @Override
    public <V, R> Future<Outcome<R>> ask(Address<V, R> address, Parcel parcel) {
        return ask(address, parcel, settings.askTimeout());
    }

    @Override
    public <V, R> Future<Outcome<R>> ask(Address<V, R> address, Parcel parcel, Duration timeout) {
        switchboard.asks(address);
        Optional<Contract> contract = contract(address);
        if (contract.isEmpty()) {
            return Future.succeededFuture(Outcome.refused(PrivacyRefusal.NO_CONTRACT));
        }
        Letter letter = Letter.request(
                address, parcel.cutTo(contract.get().request().all()), clock.millis() + timeout.toMillis());
        return eventBus.<Object>request(address.name(), letter, options(timeout))
                .transform(answer -> answer.succeeded()
                        ? answered(address, answer.result().body())
                        : unanswered(address, answer.cause()));
    }

    private static DeliveryOptions options(Duration timeout) {
        return new DeliveryOptions().setCodecName(LetterCodec.NAME).setSendTimeout(timeout.toMillis());
    }

    private static <R> Future<Outcome<R>> answered(Address<?, R> address, Object body) {
        if (!(body instanceof Letter letter) || !letter.address().equals(address.name())) {
            return Future.failedFuture(new HandlerFailed(address.name(), "answered with something else"));
        }
        if (letter.refused() instanceof Outcome.Refused<?> refused) {
            return Future.succeededFuture(new Outcome.Refused<>(refused.code(), refused.at()));
        }
        Granted granted = letter.granted();
        if (granted == null) {
            return Future.failedFuture(new HandlerFailed(address.name(), "the answer stayed closed"));
        }
        try {
            return Future.succeededFuture(Outcome.done(address.answer(granted)));
        } catch (ViewIncomplete missing) {
            return Future.failedFuture(new HandlerFailed(address.name(), "the answer lacks " + missing.getMessage()));
        }
    }

    private static <R> Future<Outcome<R>> unanswered(Address<?, ?> address, Throwable cause) {
        if (!(cause instanceof ReplyException failure)) {
            return Future.failedFuture(cause);
        }
        String text = String.valueOf(failure.getMessage());
        if (failure.failureType() == ReplyFailure.NO_HANDLERS) {
            return Future.failedFuture(new Unavailable("nobody serves " + address.name()));
        }
        if (failure.failureType() == ReplyFailure.TIMEOUT) {
            return Future.failedFuture(new NotAnswered(address.name()));
        }
        return switch (failure.failureCode()) {
            case FailureCodes.REFUSED -> Future.succeededFuture(new Outcome.Refused<>(text, List.of()));
            case FailureCodes.UNAVAILABLE -> Future.failedFuture(new Unavailable(text));
            default -> Future.failedFuture(new HandlerFailed(address.name(), text));
        };
    }

    @Override
    public <V, R> Future<Void> serve(Address<V, R> address, Function<Delivery<V>, Future<Outcome<Parcel>>> handler) {
        Future<Void> lawful = lawful(address);
        if (lawful.failed()) {
            return lawful;
        }
        switchboard.serves(address);
        Serving<V, R> serving = new Serving<>(address, handler, ledger, meters, this::cutReply);
        return eventBus.<Object>consumer(address.name(), message -> serve(serving, message))
                .completion();
    }

    private <V, R> void serve(Serving<V, R> serving, Message<Object> message) {
        if (!(message.body() instanceof Letter letter) || letter.granted() == null) {
            // no interceptor has admitted this: closed it came, closed it stays
            meters.counter("sluice.guard.closed", "address", message.address()).increment();
            message.fail(FailureCodes.FAILED, "closed");
            return;
        }
        serving.handle(letter).onComplete(answer -> {
            letter.answered();
            if (answer.succeeded()) {
                message.reply(
                        Letter.reply(serving.address(), answer.result(), letter.deadlineMillis()),
                        options(settings.askTimeout()));
            } else if (answer.cause() instanceof Unavailable unavailable) {
                message.fail(FailureCodes.UNAVAILABLE, String.valueOf(unavailable.getMessage()));
            } else {
                message.fail(FailureCodes.FAILED, "handler");
            }
        });
    }

    private Parcel cutReply(Address<?, ?> address, Parcel parcel) {
        Wants allowed = contract(address).map(Contract::reply).orElse(Wants.NOTHING);
        return parcel.cutTo(allowed.all());
    }

    /** Fails unless this address can be served under the law in force, or one to come: the gate refuses until then. */
    private Future<Void> lawful(Address<?, ?> address) {
        List<String> objections = List.of();
        for (Policy known : law.known()) {
            objections = PolicyCheck.objections(known, address.declared());
            if (objections.isEmpty()) {
                return Future.succeededFuture();
            }
        }
        return Future.failedFuture(new IllegalStateException(String.join("; ", objections)));
    }

    private Optional<Contract> contract(Address<?, ?> address) {
        return law.at(clock.instant(), nanoTime.getAsLong()).contract(address.name());
    }

    @Override
    public <V> void announce(Address<V, Address.Done> topic, Parcel parcel) {
        contract(topic).ifPresent(contract -> {
            Letter letter = Letter.request(
                    topic,
                    parcel.cutTo(contract.request().reads()),
                    clock.millis() + settings.askTimeout().toMillis());
            eventBus.publish(topic.name(), letter, options(settings.askTimeout()));
        });
    }

    @Override
    public <V> Future<Listening> listen(Address<V, Address.Done> topic, Consumer<V> listener) {
        Future<Void> lawful = lawful(topic);
        if (lawful.failed()) {
            return lawful.mapEmpty();
        }
        switchboard.serves(topic);
        MessageConsumer<Object> consumer = eventBus.consumer(topic.name(), message -> {
            if (message.body() instanceof Letter letter && letter.granted() instanceof Granted granted) {
                try {
                    listener.accept(topic.view(granted));
                } finally {
                    letter.answered();
                }
            }
        });
        return consumer.completion().map(registered -> consumer::unregister);
    }
}
