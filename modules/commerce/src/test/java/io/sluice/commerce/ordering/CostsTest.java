package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.Quote;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.pricing.Places;
import io.sluice.commerce.pricing.ShippingTable;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.commerce.pricing.Tariffs;
import io.sluice.commerce.pricing.TaxRate;
import io.sluice.commerce.pricing.TaxTable;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Shipping and tax go with the pieces: taken parcel by parcel, given up with what is given up, given back with what comes back, and
 * together always what was agreed on.
 */
final class CostsTest {

    private static final Map<String, TaxRate> RATES =
            Map.of(TaxTable.STANDARD, new TaxRate(19_000), "reduced", new TaxRate(7_000));

    /** Tax on top: two teas of 10.00 (7 %), a cup of 5.00 (19 %), 4.99 shipping. */
    private static final Tariff ON_TOP = tariff(true, RATES, 499);

    private static final Map<String, TaxRate> AUSTRIAN = Map.of(TaxTable.STANDARD, new TaxRate(20_000));

    /** Tax in prices: other rates in Austria than in Germany, brought for nothing. */
    private static final Tariff INCLUDED =
            new Tariff(false, new TaxTable(Map.of("DE", RATES, "AT", AUSTRIAN)), Tariffs.FREE);

    private static final LineWanted ONE_TEA = new LineWanted("tea", 1);
    private static final LineWanted CUP = new LineWanted("cup", 1);

    @Test
    void anOrderCostsItsGoodsAndShippingAndTax() {
        Quote costs = OrderSummaries.of(Story.placed(ON_TOP).order).costs();
        // shipping 3.99 with the teas and 1.00 with the cup; 7 % of 23.99 are 1.68, 19 % of 6.00 are 1.14
        assertThat(costs.shipping()).isEqualTo(499);
        assertThat(costs.tax()).isEqualTo(168 + 114);
        assertThat(costs.isTaxIncluded()).isFalse();
        assertThat(costs.total()).isEqualTo(2500 + 499 + 282);
        assertThat(Story.placed(ON_TOP).last(OperationKind.AUTHORIZE).amount().minor())
                .as("all of it is authorised")
                .isEqualTo(costs.total());
    }

    @Test
    void taxThatIsIncludedDoesNotAddToTheTotal() {
        Quote costs =
                OrderSummaries.of(Story.placed(tariff(false, RATES, 0)).order).costs();
        assertThat(costs.tax()).isEqualTo(131 + 80);
        assertThat(costs.isTaxIncluded()).isTrue();
        assertThat(costs.total()).isEqualTo(2500);
    }

    @Test
    void eachParcelTakesItsShareAndAllTogetherTakeTheWhole() {
        Story story = waiting();
        long first = taken(story, "first", ONE_TEA);
        long second = taken(story, "second", CUP);
        long third = taken(story, "third", ONE_TEA);

        // the teas cost 25.67 in all, the odd minor unit goes with the first
        assertThat(List.of(first, second, third)).containsExactly(1284L, 714L, 1283L);
        assertThat(first + second + third).isEqualTo(story.order.total().minor());
        assertThat(story.order.state()).as("and nothing is left to be let go").isEqualTo(OrderState.CONFIRMED);
        assertThat(story.order.all(OperationKind.VOID)).isEmpty();
    }

    @Test
    void whatIsGivenUpTakesItsShareOfShippingAndTaxWithIt() {
        Story story = waiting().keeping(Map.of("tea", 1));
        long both = taken(story, "all", ONE_TEA, CUP);
        assertThat(both).isEqualTo(1284 + 714);
    }

    @Test
    void piecesThatComeBackOneByOneBringBackWhatTheyCostToTheMinorUnit() {
        Story story = delivered();
        story.refundPieces("one", ONE_TEA).refundPieces("two", CUP).refundPieces("three", ONE_TEA);
        assertThat(story.refused).isNull();
        assertThat(story.order.refunds())
                .extracting(one -> one.amount().minor())
                .containsExactly(1284L, 714L, 1283L);
        // 1.68 of tax on the teas is 0.84 each
        assertThat(story.order.refunds()).extracting(one -> one.tax().minor()).containsExactly(84L, 114L, 84L);
        assertThat(OrderMoney.refundedTax(story.order)).isEqualTo(story.order.tax(story.order.ordered()));
    }

    @Test
    void anAmountBringsBackTaxInProportionAndTheLastOfTheMoneyTheLastOfTheTax() {
        Story story = delivered();
        story.refund(1000L, "some");
        // 10.00 of 32.81, of which 2.82 are tax
        assertThat(story.order.refunds().getFirst().tax().minor()).isEqualTo(86);
        story.refund(null, "rest");
        assertThat(story.order.refunds().getLast().tax().minor()).isEqualTo(282 - 86);
    }

    @Test
    void lessForPiecesThatHaveSufferedBringsBackThatMuchLessOfTheirTax() {
        Story story = delivered();
        story.then(new OrderCommand.RefundMoney(new Money(642, "EUR"), List.of(ONE_TEA), "damaged", "half", "f"));
        assertThat(story.order.refunds().getFirst().tax().minor()).isEqualTo(42);
    }

    @Test
    void aRefundThatFailedGivesItsTaxFreeAgain() {
        Story story = delivered();
        story.refundPieces("one", CUP).provider(OperationKind.REFUND, OperationStatus.ERRORED);
        assertThat(OrderMoney.refundedTax(story.order).minor()).isZero();
        story.refundPieces("again", CUP);
        assertThat(story.order.refunds())
                .extracting(Refund::tax)
                .extracting(Money::minor)
                .containsExactly(114L, 114L);
    }

    @Test
    void moreTaxThanWasPaidNeverGoesBack() {
        Story story = delivered();
        // most of the money goes back for the piece with the higher rate
        story.then(new OrderCommand.RefundMoney(new Money(2500, "EUR"), List.of(CUP), "x", "much", "f"));
        assertThat(story.order.refunds().getFirst().tax()).isEqualTo(story.order.tax(story.order.ordered()));
        story.refund(null, "rest");
        assertThat(story.refused).isNull();
        assertThat(story.order.refunds().getLast().tax().minor()).isZero();
    }

    @Test
    void piecesThatWereNeverOrderedAreNoMatterOfPrice() {
        Story story = delivered().refundPieces("many", new LineWanted("tea", 3));
        assertThat(story.refused).isEqualTo(OrderRefusal.REFUND_EXCEEDS_CAPTURED);
    }

    @Test
    void anAddressWhereItCostsTheSameIsTaken() {
        Tariff tariff = new Tariff(true, new TaxTable(Map.of("DE", RATES, "AT", RATES)), ON_TOP.shipping());
        Story story = corrected(Story.placed(tariff).sentByHand(), "AT");
        assertThat(story.refused).isNull();
        assertThat(story.order.total()).isEqualTo(Story.placed(ON_TOP).order.total());
    }

    @Test
    void anAddressWhereItCostsSomethingElseIsRefused() {
        Tariff dearer = new Tariff(true, new TaxTable(Map.of("DE", RATES, "AT", AUSTRIAN)), ON_TOP.shipping());
        assertThat(corrected(Story.placed(dearer).sentByHand(), "AT").refused).isEqualTo(OrderRefusal.COSTS_OTHERWISE);
        assertThat(corrected(Story.placed(dearer).sentByHand(), "FR").refused)
                .isEqualTo(OrderRefusal.DESTINATION_NOT_SERVED);
    }

    @Test
    void wherePricesAreWithTaxTheTaxInThemBecomesThatOfTheNewPlace() {
        Story story = Story.placed(INCLUDED).sentByHand();
        assertThat(story.order.tax(story.order.ordered()).minor()).isEqualTo(131 + 80);
        corrected(story, "AT");
        assertThat(story.refused).isNull();
        // 20 % in all of it
        assertThat(story.order.tax(story.order.ordered()).minor()).isEqualTo(417);
        assertThat(story.order.total().minor()).isEqualTo(2500);
    }

    @Test
    void onceAParcelHasGoneToTheOldPlaceTheTaxStaysWhatItWas() {
        Story story = Story.placed(INCLUDED).sentByHand().provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
        assertThat(taken(story, "first", ONE_TEA)).isEqualTo(1000);
        assertThat(readdressed(story, "AT").refused).isEqualTo(OrderRefusal.COSTS_OTHERWISE);
        assertThat(readdressed(story, "DE").refused).isNull();
    }

    @Test
    void anOrderOfBeforeThereWasATariffCanStillBeCorrected() {
        Story story = Story.placed().sentByHand();
        story.rules = new OrderRules(false, story.rules.reviewWithin(), story.rules.authorisedFor(), INCLUDED);
        assertThat(corrected(story, "DE").refused).isNull();
    }

    @Test
    void whatAnOrderCostsIsReadAsItWasWritten() {
        Story story = delivered();
        story.refundPieces("one", ONE_TEA);
        assertThat(OrderDocument.read(OrderDocument.write(story.order))).isEqualTo(story.order);
    }

    private static Story corrected(Story story, String country) {
        return readdressed(story.provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED), country);
    }

    private static Story readdressed(Story story, String country) {
        return story.then(new OrderCommand.CorrectAddress(null, new Destination(country, null), Map.of()));
    }

    private static Story waiting() {
        return Story.placed(ON_TOP).sentByHand().provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
    }

    private static Story delivered() {
        Story story = waiting();
        assertThat(taken(story, "all", ONE_TEA, ONE_TEA, CUP))
                .isEqualTo(story.order.total().minor());
        return story.carrier(ShipmentStatus.DELIVERED);
    }

    /** What is taken for a parcel of these. */
    private static long taken(Story story, String key, LineWanted... pieces) {
        story.sent(key, pieces)
                .carrier(ShipmentStatus.ACCEPTED)
                .provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
        return story.last(OperationKind.CAPTURE).amount().minor();
    }

    private static Tariff tariff(boolean isTaxOnTop, Map<String, TaxRate> rates, long shipping) {
        return new Tariff(
                isTaxOnTop,
                new TaxTable(Map.of("DE", rates)),
                new ShippingTable(Map.of(Places.ELSEWHERE, Map.of("EUR", new TreeMap<>(Map.of(0L, shipping))))));
    }
}
