package io.sluice.guard;

import static io.sluice.guard.Shop.AMOUNT;
import static io.sluice.guard.Shop.BUYER;
import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.SHOW;
import static io.sluice.guard.Shop.TOLD;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an asker hears, and what a listener. */
final class BusTest {

    private static final DeliveryOptions AS_LETTER = new DeliveryOptions().setCodecName(LetterCodec.NAME);

    private final Shop shop = new Shop();
    private final List<Object> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anAnswerThatLacksWhatTheAskerNeedsIsTheHandlersFault() {
        await(shop.bus().serve(DISPATCH, delivery -> Future.succeededFuture(Outcome.done(Parcel.plain()))));
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                .isInstanceOf(HandlerFailed.class)
                .hasMessage("carrier.dispatch: the answer lacks order.amount");
    }

    @Test
    @Clause("C1")
    void anAnswerForAnotherAddressIsNoAnswer() {
        answerRaw(Letter.reply(SHOW, Outcome.done(gift()), System.currentTimeMillis() + 5_000));
        await(shop.vertx.undeploy(shop.deployment));
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                .isInstanceOf(HandlerFailed.class)
                .hasMessage("carrier.dispatch: answered with something else");
    }

    @Test
    @Clause("C1")
    void withoutTheInterceptorAnswersStayClosed() {
        answerRaw(Letter.reply(
                DISPATCH, Outcome.done(Parcel.plain().with(AMOUNT, 42L)), System.currentTimeMillis() + 5_000));
        await(shop.vertx.undeploy(shop.deployment));
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                .isInstanceOf(HandlerFailed.class)
                .hasMessage("carrier.dispatch: the answer stayed closed");
    }

    @Test
    @Clause("C2")
    void withoutTheLedgerNoAnswerWithPersonalFieldsIsGiven() {
        await(shop.bus().serve(SHOW, delivery -> Future.succeededFuture(Outcome.done(gift()))));
        shop.ledgerIsAway = true;
        Parcel question = Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD);
        assertThat(await(shop.bus().ask(SHOW, question))).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
    }

    @Test
    @Clause("C1")
    void aLetterThatIsSentToAnotherAddressThanItsOwnIsRefused() {
        shop.serveDispatch(delivered::add);
        await(shop.bus().serve(TOLD, delivery -> Future.succeededFuture(Outcome.done(Parcel.plain()))));
        Letter astray = Letter.request(TOLD, gift(), System.currentTimeMillis() + 5_000);

        assertThatThrownBy(() -> await(shop.vertx.eventBus().request(DISPATCH.name(), astray, AS_LETTER)))
                .isInstanceOf(ReplyException.class)
                .hasMessageContaining(PrivacyRefusal.NO_CONTRACT.code());

        assertThat(delivered).isEmpty();
        assertThat(shop.leaves)
                .singleElement()
                .satisfies(use -> assertThat(use.decision()).isEqualTo(PrivacyRefusal.NO_CONTRACT.code()));
        assertThat(shop.refused(PrivacyRefusal.NO_CONTRACT)).isEqualTo(1);
    }

    @Test
    void aGateThatBreaksIsAFaultAndDeliversNothing() {
        shop.serveDispatch(delivered::add);
        shop.uponLeaf = () -> {
            throw new IllegalStateException("secret detail");
        };
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift())))
                .isInstanceOf(HandlerFailed.class)
                .hasMessage("carrier.dispatch: gate");
        assertThat(delivered).isEmpty();
        assertThat(shop.inHand()).isZero();
    }

    @Test
    void whoIsNotAnsweredInTimeIsToldSo() {
        Promise<Outcome<Parcel>> never = Promise.promise();
        await(shop.bus().serve(DISPATCH, delivery -> never.future()));
        assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift(), Duration.ofMillis(50))))
                .isInstanceOf(NotAnswered.class);
    }

    @Test
    @Clause("C1")
    void aTopicWithoutAContractCannotBeListenedTo() {
        Address<UUID, Address.Done> stray = Address.of("order.stray", Purpose.SHIPMENT)
                .reads(ORDER)
                .as(granted -> granted.read(ORDER))
                .withoutAnswer();
        assertThatThrownBy(() -> await(shop.bus().listen(stray, delivered::add)))
                .hasMessageContaining("order.stray: has no contract");
    }

    @Test
    void whoHasStoppedListeningHearsNothingAndTheOthersDo() {
        Promise<Void> heard = Promise.promise();
        Bus.Listening listening = await(shop.bus().listen(TOLD, delivered::add));
        await(listening.close());
        await(shop.bus().listen(TOLD, order -> heard.complete()));

        shop.bus().announce(TOLD, Parcel.plain().with(ORDER, RECORD));

        await(heard.future());
        assertThat(delivered).isEmpty();
    }

    /** Whatever is asked of the carrier is answered with this letter, by somebody who is not served by the bus. */
    private void answerRaw(Letter answer) {
        await(shop.vertx
                .eventBus()
                .consumer(DISPATCH.name(), message -> message.reply(answer, AS_LETTER))
                .completion());
    }
}
