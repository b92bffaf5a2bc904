package io.sluice.guard;

import static io.sluice.guard.Shop.BUYER;
import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.NAME;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.RECIPIENT;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.TELL;
import static io.sluice.guard.Shop.TOLD;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static io.sluice.guard.Shop.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Unavailable;
import io.sluice.kernel.Use;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gate counts, whom its leaves name, and what it will not open. */
final class GateTest {

    private final Shop shop = new Shop();
    private final List<Object> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Clause("C2")
    void aDeliveryIsCountedForItsReceiverIfItHoldsPersonalFieldsAndOnlyThen() {
        shop.serveDispatch(delivered::add);
        await(shop.bus().ask(DISPATCH, gift()));
        assertThat(deliveriesTo("carrier")).isEqualTo(1);

        await(shop.bus().serve(TOLD, delivery -> Future.succeededFuture(Outcome.done(Parcel.plain()))));
        await(shop.bus().ask(TOLD, Parcel.plain().with(ORDER, RECORD)));
        assertThat(shop.counted("sluice.guard.deliveries"))
                .as("an order's id alone is nobody's secret, and leaves no leaf")
                .isEqualTo(1);
        assertThat(shop.leaves).hasSize(1);
    }

    @Test
    @Clause("C2")
    void theLeafOfARefusalNamesThePartnerWhoDidNotGetIt() {
        shop.serveDispatch(delivered::add);
        shop.knows(RECIPIENT, ~Purpose.SHIPMENT.mask());
        await(shop.bus().ask(DISPATCH, gift()));

        Use use = shop.leaves.getFirst();
        assertThat(use.receiver()).isEqualTo("carrier");
        assertThat(use.contract()).isEqualTo("carrier.dispatch");
        assertThat(use.isDisclosure()).as("nothing was disclosed").isFalse();
        assertThat(use.standings()).isEmpty();
        assertThat(shop.refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED)).isEqualTo(1);
        assertThat(deliveriesTo("carrier")).isZero();
    }

    @Test
    @Clause("C2")
    void whatTellsAPartnerOfSomebodyIsADisclosureThoughItHoldsNoPersonalField() {
        await(shop.bus().serve(TELL, this::heard));
        await(shop.bus().ask(TELL, Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD)));

        assertThat(delivered).containsExactly(RECORD);
        Use use = shop.leaves.getFirst();
        assertThat(use.isDisclosure()).isTrue();
        assertThat(use.receiver()).isEqualTo("carrier");
        assertThat(use.buyer()).isEqualTo(BUYER);
        assertThat(use.record()).isEqualTo(RECORD);
        assertThat(use.opened().isEmpty() && use.carried().isEmpty()).isTrue();
        assertThat(use.standings())
                .as("held against the person when it is written")
                .hasSize(1);
        assertThat(deliveriesTo("carrier")).isEqualTo(1);
        assertThat(shop.leaves).as("the answer tells of nobody").hasSize(1);
    }

    @Test
    @Clause("C2")
    void nobodyIsToldOfWhoDoesNotPermitItOrWhoseLeafCannotBeWritten() {
        await(shop.bus().serve(TELL, this::heard));
        shop.knows(BUYER, ~Purpose.SHIPMENT.mask());
        Parcel about = Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD);

        assertThat(await(shop.bus().ask(TELL, about))).isEqualTo(Outcome.refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED));
        shop.knows(BUYER, -1);
        shop.ledgerIsAway = true;
        assertThatThrownBy(() -> await(shop.bus().ask(TELL, about))).isInstanceOf(Unavailable.class);
        assertThat(delivered).isEmpty();
    }

    private Future<Outcome<Parcel>> heard(Delivery<?> delivery) {
        delivered.add(delivery.view());
        return Future.succeededFuture(Outcome.done(Parcel.plain()));
    }

    @Test
    @Clause("C1")
    void aCiphertextThatNamesNoRecordIsNotOpened() {
        shop.serveDispatch(delivered::add);
        Parcel homeless =
                Parcel.about(new Parties(BUYER, null, null)).with(ORDER, RECORD).withSealed(NAME, sealed("Ada"));
        assertThat(await(shop.bus().ask(DISPATCH, homeless)))
                .isEqualTo(Outcome.refused(PrivacyRefusal.FIELD_NOT_OPENED));
        assertThat(delivered).isEmpty();
    }

    private double deliveriesTo(String receiver) {
        return shop.meters
                .counter("sluice.guard.deliveries", "receiver", receiver)
                .count();
    }
}
