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
import static io.sluice.guard.Shop.TOLD;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Minimisation.Grant;
import io.sluice.guard.Minimisation.Way;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Field;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is granted and never read is known, by contract and field. */
final class MinimisationTest {

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Clause("C1")
    void aFieldThatAHandlerIsGivenAndNeverReadsIsReportedAndOneThatItReadsIsNot() {
        shop.serveDispatch(label -> assertThat(label.name().reveal()).isNotEmpty());

        await(shop.bus().ask(DISPATCH, gift()));
        await(shop.bus().ask(DISPATCH, gift()));

        assertThat(grant(DISPATCH, false, NAME))
                .isEqualTo(new Grant("carrier.dispatch", false, NAME, Way.OPENS, 2, 2, 2, 2));
        assertThat(grant(DISPATCH, false, STREET))
                .as("taken into the view, and never revealed")
                .isEqualTo(new Grant("carrier.dispatch", false, STREET, Way.OPENS, 2, 2, 2, 0));
        assertThat(unused()).containsExactly("carrier.dispatch delivery.line1");
    }

    @Test
    void aValueThatIsReadTwiceWasNeededOnce() {
        shop.serveDispatch(label ->
                assertThat(label.name().reveal()).isEqualTo(label.name().reveal()));
        await(shop.bus().ask(DISPATCH, gift()));
        assertThat(grant(DISPATCH, false, NAME).read()).isEqualTo(1);
    }

    @Test
    void whatIsReadOrCarriedIsReadWhenTheViewTakesIt() {
        serve(PLACE);
        await(shop.bus().ask(PLACE, gift()));
        assertThat(grant(PLACE, false, EMAIL))
                .isEqualTo(new Grant("order.place", false, EMAIL, Way.CARRIES, 1, 1, 1, 1));
        assertThat(grant(PLACE, false, ORDER))
                .as("declared and granted, and the view does without")
                .isEqualTo(new Grant("order.place", false, ORDER, Way.READS, 1, 1, 1, 0));
        assertThat(unused()).containsExactly("order.place order.id");
    }

    @Test
    void anAnswersFieldsAreCountedAtWhoeverAsked() {
        await(shop.bus().serve(SHOW, delivery -> Future.succeededFuture(Outcome.done(gift()))));
        Parcel question = Parcel.about(Parties.of(BUYER, RECORD)).with(ORDER, RECORD);

        Outcome<Plain<String>> answer = await(shop.bus().ask(SHOW, question));

        assertThat(unused()).containsExactly("account.show#reply contact.email");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(((Plain<?>) done.value()).reveal()).isNotNull());
        assertThat(unused()).isEmpty();
    }

    @Test
    void anAnnouncementsFieldsAreCountedToo() {
        Promise<Void> heard = Promise.promise();
        await(shop.bus().listen(TOLD, order -> heard.complete()));
        shop.bus().announce(TOLD, Parcel.plain().with(ORDER, RECORD));
        await(heard.future());
        assertThat(grant(TOLD, false, ORDER).read()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedWasPresentAndNotDelivered() {
        shop.serveDispatch(label -> {});
        shop.knows(RECIPIENT, ~Purpose.SHIPMENT.mask());
        await(shop.bus().ask(DISPATCH, gift()));
        assertThat(grant(DISPATCH, false, NAME))
                .isEqualTo(new Grant("carrier.dispatch", false, NAME, Way.OPENS, 0, 1, 0, 0));
    }

    @Test
    void aContractThatNobodyHasUsedSaysNothingAboutItsGrants() {
        shop.serveDispatch(label -> {});
        assertThat(shop.guard.minimisation().report().grants()).hasSize(3);
        assertThat(unused()).isEmpty();
    }

    @Test
    void theReportGoesByContractThenRequestBeforeAnswerThenField() {
        serve(PLACE);
        shop.serveDispatch(label -> {});
        await(shop.bus().ask(DISPATCH, gift()));
        assertThat(shop.guard.minimisation().report().grants().stream()
                        .map(grant -> grant.contract() + (grant.isReply() ? "#reply " : " ") + grant.field()))
                .as("whatever came first")
                .containsExactly(
                        "carrier.dispatch delivery.line1",
                        "carrier.dispatch delivery.name",
                        "carrier.dispatch order.id",
                        "carrier.dispatch#reply order.amount",
                        "order.place contact.email",
                        "order.place order.id");
    }

    @Test
    void aFieldThatNeverCameIsAGrantThatNobodyNeeded() {
        shop.serveDispatch(label -> assertThat(label.name().reveal()).isNotEmpty());
        await(shop.bus()
                .ask(
                        DISPATCH,
                        Parcel.about(Parties.of(BUYER, RECORD))
                                .with(ORDER, RECORD)
                                .withSealed(NAME, Shop.sealed("Ada"))));
        assertThat(grant(DISPATCH, false, STREET).present()).isZero();
        assertThat(unused()).containsExactly("carrier.dispatch delivery.line1");
    }

    @Test
    void theCountsAreMetricsByContractDirectionAndField() {
        shop.serveDispatch(label -> assertThat(label.name().reveal()).isNotEmpty());
        await(shop.bus().ask(DISPATCH, gift()));

        assertThat(counted(NAME, "present")).isEqualTo(1);
        assertThat(counted(NAME, "delivered")).isEqualTo(1);
        assertThat(counted(NAME, "read")).isEqualTo(1);
        assertThat(counted(STREET, "delivered")).isEqualTo(1);
        assertThat(counted(STREET, "read")).isZero();
        assertThat(shop.meters.get("sluice.guard.grants.unused").gauge().value())
                .isEqualTo(1);
        assertThat(shop.meters
                        .get("sluice.guard.fields")
                        .tags("contract", "carrier.dispatch", "direction", "reply", "field", AMOUNT.name())
                        .tags("what", "read")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private double counted(Field<?> field, String what) {
        return shop.meters
                .get("sluice.guard.fields")
                .tags("contract", "carrier.dispatch", "direction", "request", "field", field.name(), "what", what)
                .functionCounter()
                .count();
    }

    private Grant grant(Address<?, ?> address, boolean isReply, Field<?> field) {
        return shop.guard.minimisation().report().grants().stream()
                .filter(grant -> grant.contract().equals(address.name())
                        && grant.isReply() == isReply
                        && grant.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    private List<String> unused() {
        return shop.guard.minimisation().report().unused().stream()
                .map(grant -> grant.contract() + (grant.isReply() ? "#reply " : " ") + grant.field())
                .toList();
    }

    private void serve(Address<?, Address.Done> address) {
        await(shop.bus().serve(address, delivery -> {
            delivery.riders().forEach(Rider::committed);
            return Future.succeededFuture(Outcome.done(Parcel.plain()));
        }));
    }
}
