package io.sluice.guard;

import static io.sluice.guard.Shop.AMOUNT;
import static io.sluice.guard.Shop.BUYER;
import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.EMAIL;
import static io.sluice.guard.Shop.NAME;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.PLACE;
import static io.sluice.guard.Shop.RECIPIENT;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.SHOW;
import static io.sluice.guard.Shop.STREET;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static io.sluice.guard.Shop.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.OutsideFailed;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Unavailable;
import io.sluice.kernel.Use;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class GuardTest {

    private final Shop shop = new Shop();
    private final List<Object> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Clause("C1")
    void aHandlerSeesItsViewAndTheAskerItsAnswer() {
        AtomicReference<Shop.Label> seen = new AtomicReference<>();
        shop.serveDispatch(label -> seen.set(label));

        Outcome<Long> outcome = await(shop.bus().ask(DISPATCH, gift()));

        assertThat(outcome).isEqualTo(Outcome.done(42L));
        assertThat(seen.get().order()).isEqualTo(RECORD);
        assertThat(seen.get().name().reveal()).isEqualTo(RECIPIENT + "/delivery.name/sealed:Ada");
    }

    @Test
    @Clause("C2")
    void everyDeliveryWithPersonalFieldsHasALeafBeforeTheHandlerRuns() {
        Promise<Void> pause = Promise.promise();
        shop.ledgerPause = pause.future();
        shop.serveDispatch(label -> delivered.add(shop.leaves.size()));

        Future<Outcome<Long>> asked = shop.bus().ask(DISPATCH, gift());
        assertThat(delivered).as("the leaf is not durable yet").isEmpty();
        pause.complete();
        await(asked);

        assertThat(delivered).containsExactly(1);
        Use use = shop.leaves.getFirst();
        assertThat(use.decision()).isEqualTo(Use.PERMIT);
        assertThat(use.receiver()).isEqualTo("carrier");
        assertThat(use.isDisclosure()).isTrue();
        assertThat(use.opened()).isEqualTo(FieldSet.of(NAME, STREET));
        assertThat(use.buyer()).isEqualTo(BUYER);
        assertThat(use.addressee()).isEqualTo(RECIPIENT);
    }

    @Test
    @Clause("C2")
    void withoutTheLedgerNothingIsDelivered() {
        shop.serveDispatch(delivered::add);
        shop.ledgerIsAway = true;
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                .isInstanceOf(Unavailable.class)
                .hasMessage("ledger");
        assertThat(delivered).isEmpty();
    }

    @Test
    @Clause("C1")
    void withoutTheInterceptorHandlersReceiveNothing() {
        shop.serveDispatch(delivered::add);
        await(shop.vertx.undeploy(shop.deployment));

        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift()))).isInstanceOf(HandlerFailed.class);

        assertThat(delivered).isEmpty();
        assertThat(shop.leaves).isEmpty();
        assertThat(shop.counted("sluice.guard.closed")).isEqualTo(1);
    }

    @Test
    @Clause("C1")
    void anAddressWithoutAContractCannotBeServed() {
        Address<UUID, Address.Done> stray = Address.of("order.stray", Purpose.SHIPMENT)
                .reads(ORDER)
                .as(granted -> granted.read(ORDER))
                .withoutAnswer();
        assertThatThrownBy(() -> await(shop.bus().serve(stray, delivery -> done())))
                .hasMessageContaining("order.stray: has no contract");
        assertThat(await(shop.bus().ask(stray, Parcel.plain().with(ORDER, RECORD))))
                .isEqualTo(Outcome.refused(PrivacyRefusal.NO_CONTRACT));
    }

    @Test
    @Clause("C1")
    void anAddressThatWantsMoreThanItsContractCannotBeServed() {
        Address<UUID, Address.Done> greedy = Address.of(DISPATCH.name(), Purpose.SHIPMENT)
                .reads(ORDER)
                .opens(EMAIL)
                .as(granted -> granted.read(ORDER))
                .withoutAnswer();
        assertThatThrownBy(() -> await(shop.bus().serve(greedy, delivery -> done())))
                .hasMessageContaining("opens [contact.email], which its contract does not allow");
    }

    @Test
    @Clause("C1")
    void aRefusalIsAnsweredWithItsReasonLeavesALeafAndReachesNoHandler() {
        shop.serveDispatch(delivered::add);
        shop.knows(RECIPIENT, ~Purpose.SHIPMENT.mask());

        assertThat(await(shop.bus().ask(DISPATCH, gift())))
                .isEqualTo(Outcome.refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED));

        assertThat(delivered).isEmpty();
        assertThat(shop.leaves).hasSize(1);
        assertThat(shop.leaves.getFirst().decision()).isEqualTo("privacy.purpose-not-permitted");
        assertThat(shop.leaves.getFirst().opened()).isEqualTo(FieldSet.NONE);
    }

    @Test
    @Clause("C5")
    void nothingGoesToAPartnerWhoseAgreementHasEnded() {
        shop.serveDispatch(delivered::add);
        shop.law = Shop.law(Instant.now());
        assertThat(await(shop.bus().ask(DISPATCH, gift())))
                .isEqualTo(Outcome.refused(PrivacyRefusal.AGREEMENT_NOT_VALID));
        assertThat(delivered).isEmpty();
        assertThat(shop.meters
                        .counter("sluice.guard.alerts", "alert", "AGREEMENT_NOT_VALID", "partner", "carrier")
                        .count())
                .isEqualTo(1);
    }

    @Test
    @Clause("C1")
    void aLawThatChangesUnderADecisionDoesNotChangeIt() {
        shop.serveDispatch(delivered::add);
        shop.uponLeaf = () -> shop.law = withoutPersonalFields(shop.law);

        assertThat(await(shop.bus().ask(DISPATCH, gift())))
                .as("permitted by the law before, and opened by it too")
                .isEqualTo(Outcome.done(42L));

        assertThat(delivered).hasSize(1);
        assertThat(shop.leaves).hasSize(1);
    }

    /** A law whose catalogue knows no field that could be opened. */
    private static Policy withoutPersonalFields(Policy law) {
        return new Policy(
                "next",
                law.announcedAt(),
                law.effectiveAt(),
                Catalogue.of(List.of(ORDER, AMOUNT)),
                law.contracts(),
                law.agreements());
    }

    @Test
    void aPersonWhomNobodyKnowsIsRefused() {
        shop.serveDispatch(delivered::add);
        shop.persons.remove(RECIPIENT);
        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.refused(PrivacyRefusal.SUBJECT_UNKNOWN));
        assertThat(delivered).isEmpty();
    }

    @Test
    @Clause("C2")
    void aLeafRidesInTheHandlersTransaction() {
        await(shop.bus().serve(PLACE, delivery -> {
            delivery.riders().forEach(Rider::committed);
            return done();
        }));
        assertThat(await(shop.bus().ask(PLACE, gift()))).isEqualTo(Outcome.done(Address.Done.DONE));
        assertThat(shop.leaves).hasSize(1);
        assertThat(shop.leaves.getFirst().carried()).isEqualTo(FieldSet.of(EMAIL));
        assertThat(shop.leaves.getFirst().opened()).isEqualTo(FieldSet.NONE);
    }

    @Test
    @Clause("C2")
    void anEffectThatWasCommittedWithoutItsLeafIsAFaultAndIsLoggedAfterAll() {
        await(shop.bus().serve(PLACE, delivery -> done()));
        assertThatThrownBy(() -> await(shop.bus().ask(PLACE, gift()))).isInstanceOf(HandlerFailed.class);
        assertThat(shop.counted("sluice.guard.effects-without-leaf")).isEqualTo(1);
        assertThat(shop.leaves).hasSize(1);
    }

    @Test
    @Clause("C2")
    void aHandlerThatRefusesAfterSeeingItsViewLeavesALeafToo() {
        await(shop.bus()
                .serve(PLACE, delivery -> Future.succeededFuture(Outcome.refused(() -> "order.no", "/lines/0"))));
        assertThat(await(shop.bus().ask(PLACE, gift())))
                .isEqualTo(new Outcome.Refused<>("order.no", List.of("/lines/0")));
        assertThat(shop.leaves).hasSize(1);
    }

    @Test
    @Clause("C2")
    void aLeafThatWasLostWithItsTransactionIsLookedForAndNotWrittenTwice() {
        serveLosing(true);
        assertThatThrownBy(() -> await(shop.bus().ask(PLACE, gift())))
                .isInstanceOf(Unavailable.class)
                .hasMessage("database");
        assertThat(shop.leaves).as("the one that was written").hasSize(1);
    }

    @Test
    @Clause("C2")
    void aLeafThatWentDownWithItsTransactionIsWritten() {
        serveLosing(false);
        assertThatThrownBy(() -> await(shop.bus().ask(PLACE, gift())))
                .isInstanceOf(Unavailable.class)
                .hasMessage("database");
        assertThat(shop.leaves).hasSize(1);
    }

    @Test
    @Clause("C2")
    void nobodyIsToldOfARefusalWhoseUseMayBeUnlogged() {
        await(shop.bus().serve(PLACE, delivery -> {
            shop.ledgerIsAway = true;
            return Future.succeededFuture(Outcome.refused(() -> "order.no", "/lines/0"));
        }));
        assertThatThrownBy(() -> await(shop.bus().ask(PLACE, gift())))
                .isInstanceOf(Unavailable.class)
                .hasMessage("ledger");
        assertThat(shop.counted("sluice.guard.uses-in-doubt")).isEqualTo(1);
        assertThat(shop.leaves).isEmpty();
    }

    /** A handler whose transaction is lost while it is being committed. */
    private void serveLosing(boolean isWritten) {
        await(shop.bus().serve(PLACE, delivery -> {
            if (isWritten) {
                delivery.riders().forEach(rider -> ((Shop.RidingLeaf) rider).written());
            }
            return Future.failedFuture(new Unavailable("database"));
        }));
    }

    @Test
    @Clause("C2")
    void anAnswerWithPersonalFieldsPassesTheSameGate() {
        await(shop.bus().serve(SHOW, delivery -> Future.succeededFuture(Outcome.done(gift()))));
        Parcel question = Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD);

        Outcome<io.sluice.kernel.Plain<String>> answer = await(shop.bus().ask(SHOW, question));
        assertThat(answer).isInstanceOf(Outcome.Done.class);
        assertThat(shop.leaves).hasSize(1);
        assertThat(shop.leaves.getFirst().receiver()).isEqualTo("account.show#reply");

        shop.knows(BUYER, ~Purpose.CUSTOMER_ASSISTANCE.mask());
        assertThat(await(shop.bus().ask(SHOW, question)))
                .isEqualTo(Outcome.refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED));
    }

    @Test
    @Clause("C2")
    void whatDoesNotOpenIsNotDeliveredAndItsLeafIsMarkedSo() {
        shop.serveDispatch(delivered::add);
        shop.vaultFails = new IllegalStateException("a moved ciphertext");
        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.refused(PrivacyRefusal.FIELD_NOT_OPENED));
        assertThat(delivered).isEmpty();
        assertThat(shop.leaves.stream().map(Use::decision))
                .containsExactly(Use.PERMIT, PrivacyRefusal.FIELD_NOT_OPENED.code());
    }

    @Test
    void aKeyStoreThatIsAwayIsAReasonToAskAgainInBothDirections() {
        shop.serveDispatch(delivered::add);
        await(shop.bus().serve(SHOW, delivery -> Future.succeededFuture(Outcome.done(gift()))));
        shop.vaultFails = new Unavailable("keys");
        Parcel question = Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD);

        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
        assertThat(await(shop.bus().ask(SHOW, question))).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
        assertThat(delivered).isEmpty();
    }

    @Test
    void aHandlerThatThrowsOrFailsAnswersWithAFault() {
        await(shop.bus().serve(DISPATCH, delivery -> {
            throw new IllegalStateException("secret detail");
        }));
        await(shop.bus().serve(SHOW, delivery -> Future.failedFuture("secret detail")));
        Parcel question = Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD);

        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                .isInstanceOf(HandlerFailed.class)
                .hasMessage("carrier.dispatch: handler");
        assertThatThrownBy(() -> await(shop.bus().ask(SHOW, question)))
                .isInstanceOf(HandlerFailed.class)
                .hasMessage("account.show: handler");
    }

    @Test
    void aSilenceOutsideIsAWarningWithoutATraceAndAFaultToTheAsker() {
        await(shop.bus()
                .serve(DISPATCH, delivery -> Future.failedFuture(new OutsideFailed("test-carrier: timeout") {})));

        List<ILoggingEvent> said = saidBy(
                Serving.class,
                () -> assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                        .isInstanceOf(HandlerFailed.class));

        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .isEqualTo("outside failed address=carrier.dispatch code=test-carrier: timeout");
            assertThat(line.getThrowableProxy()).isNull();
        });
        assertThat(shop.counted("sluice.guard.faults")).isEqualTo(1);
    }

    @Test
    void aFaultOfOursIsAnErrorWithItsTrace() {
        await(shop.bus().serve(DISPATCH, delivery -> Future.failedFuture(new IllegalStateException("ours"))));

        List<ILoggingEvent> said = saidBy(
                Serving.class,
                () -> assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                        .isInstanceOf(HandlerFailed.class));

        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getThrowableProxy().getStackTraceElementProxyArray())
                    .isNotEmpty();
        });
    }

    private static List<ILoggingEvent> saidBy(Class<?> speaker, Runnable meanwhile) {
        Logger logger = (Logger) LoggerFactory.getLogger(speaker);
        List<ILoggingEvent> said = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                said.add(line);
            }
        };
        ear.start();
        logger.addAppender(ear);
        try {
            meanwhile.run();
        } finally {
            logger.detachAppender(ear);
        }
        return said;
    }

    @Test
    void aFieldThatTheViewCannotDoWithoutIsNamedAsARefusal() {
        shop.serveDispatch(delivered::add);
        Parcel nameless =
                Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD).withSealed(STREET, sealed("somewhere"));
        assertThat(await(shop.bus().ask(DISPATCH, nameless)))
                .isEqualTo(Outcome.refused(PrivacyRefusal.VIEW_INCOMPLETE));
        assertThat(delivered).isEmpty();
    }

    @Test
    void whatIsNoLetterIsRefusedWithinItsAsk() {
        shop.serveDispatch(delivered::add);
        assertThatThrownBy(() -> await(shop.vertx.eventBus().request(DISPATCH.name(), "give me all")))
                .isInstanceOf(ReplyException.class)
                .hasMessageContaining("privacy.not-a-parcel");
        assertThat(delivered).isEmpty();
        assertThat(shop.refused(PrivacyRefusal.NOT_A_PARCEL)).isEqualTo(1);
    }

    @Test
    void nobodyThereIsUnavailableRatherThanAFailure() {
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift()))).isInstanceOf(Unavailable.class);
    }

    @Test
    void aPersonalFieldCannotBeSentInClearNorAnOperationalOneUnderSeal() {
        assertThatThrownBy(() -> Parcel.plain().with(NAME, "Ada")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Parcel.plain().with(AMOUNT, 1L)).hasToString("Parcel[1 fields]");
    }

    private static Future<Outcome<Parcel>> done() {
        return Future.succeededFuture(Outcome.done(Parcel.plain()));
    }
}
