package io.sluice.guard;

import static io.sluice.guard.Shop.AMOUNT;
import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.PLACE;
import static io.sluice.guard.Shop.RECIPIENT;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.TOLD;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So much is in hand at once and no more, from arrival until it has been answered. */
final class InHandTest {

    private final Shop shop = new Shop();
    private final List<Object> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void pastTheLimitOfParcelsInHandTheNextIsRefused() {
        Promise<Void> pause = Promise.promise();
        shop.ledgerPause = pause.future();
        shop.serveDispatch(delivered::add);
        List<Future<Outcome<Long>>> asked = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 9; i++) {
            asked.add(shop.bus().ask(DISPATCH, gift()));
        }
        assertThat(await(asked.getLast())).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
        pause.complete();
        await(Future.all(asked));
        assertThat(delivered).hasSize(8);
        assertThat(shop.refused(PrivacyRefusal.OVERLOADED))
                .as("counted as any refusal")
                .isEqualTo(1);
    }

    @Test
    void aDeliveryIsInHandUntilItsHandlerHasAnswered() {
        Promise<Void> allThere = Promise.promise();
        Promise<Void> pause = Promise.promise();
        await(shop.bus().serve(DISPATCH, delivery -> {
            delivered.add(delivery.view());
            if (delivered.size() == 8) {
                allThere.complete();
            }
            return pause.future()
                    .map(waited -> Outcome.done(Parcel.plain().with(AMOUNT, 42L).with(ORDER, RECORD)));
        }));
        List<Future<Outcome<Long>>> asked = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(shop.bus().ask(DISPATCH, gift()));
        }
        await(allThere.future());

        assertThat(shop.inHand()).isEqualTo(8);
        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
        assertThat(shop.refused(PrivacyRefusal.OVERLOADED)).isEqualTo(1);

        pause.complete();
        await(Future.all(asked));
        assertThat(shop.inHand()).isZero();
        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.done(42L));
    }

    @Test
    void whatIsRefusedOrFailsIsNoLongerInHand() {
        shop.serveDispatch(delivered::add);
        await(shop.bus().serve(PLACE, delivery -> {
            throw new IllegalStateException("ours");
        }));
        for (int i = 0; i < 9; i++) {
            shop.knows(RECIPIENT, ~Purpose.SHIPMENT.mask());
            assertThat(await(shop.bus().ask(DISPATCH, gift())))
                    .isEqualTo(Outcome.refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED));
            assertThatThrownBy(() -> await(shop.bus().ask(PLACE, gift()))).isInstanceOf(HandlerFailed.class);
            shop.knows(RECIPIENT, -1);
            shop.ledgerIsAway = true;
            assertThatThrownBy(() -> await(shop.bus().ask(DISPATCH, gift()))).isInstanceOf(Unavailable.class);
            shop.ledgerIsAway = false;
        }
        assertThat(shop.inHand()).isZero();
        assertThat(shop.refused(PrivacyRefusal.OVERLOADED)).isZero();
    }

    @Test
    void anAnnouncementIsInHandUntilItHasBeenHandledAlsoBadly() {
        List<Integer> inHand = new CopyOnWriteArrayList<>();
        Promise<Void> heard = Promise.promise();
        await(shop.bus().listen(TOLD, order -> {
            inHand.add(shop.inHand());
            if (inHand.size() == 3) {
                heard.complete();
            } else if (inHand.size() == 2) {
                throw new IllegalStateException("a listener that stumbles");
            }
        }));
        // one after the other: as deliveries to one listener are
        shop.vertx.runOnContext(onContext -> {
            for (int i = 0; i < 3; i++) {
                shop.bus().announce(TOLD, Parcel.plain().with(ORDER, RECORD));
            }
        });
        await(heard.future());
        assertThat(inHand).containsExactly(1, 1, 1);
    }
}
