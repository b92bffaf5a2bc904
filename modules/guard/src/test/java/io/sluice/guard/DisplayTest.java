package io.sluice.guard;

import static io.sluice.guard.Shop.BUYER;
import static io.sluice.guard.Shop.EMAIL;
import static io.sluice.guard.Shop.NAME;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.SHOW;
import static io.sluice.guard.Shop.STREET;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Changeover;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Display;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Mask;
import io.sluice.kernel.Masks;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.Unavailable;
import io.sluice.kernel.Use;
import io.sluice.kernel.Wants;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asks for a display gets each value behind its mask, from the guard and from nobody else. */
@Clause("B7")
final class DisplayTest {

    /** What the asker holds: never more than the guard gave it. */
    private record Seen(
            @Nullable Plain<String> name, @Nullable Plain<String> street, Plain<String> email) {}

    private static final Wants SHOWS = new Wants(FieldSet.NONE, FieldSet.of(NAME, STREET, EMAIL), FieldSet.NONE);
    private static final Masks MASKS = new Masks(Map.of("delivery.name", Mask.LAST4, "contact.email", Mask.MAILBOX));

    private static final Address<UUID, Seen> PERSONS = Address.of("order.persons", Purpose.CUSTOMER_ASSISTANCE)
            .reads(ORDER)
            .as(granted -> granted.read(ORDER))
            .answersOpening(NAME, STREET, EMAIL)
            .shownTo(Role.SUPPORT)
            .as(granted -> new Seen(granted.openedOrNull(NAME), granted.openedOrNull(STREET), granted.opened(EMAIL)));

    private final Shop shop = new Shop();

    @BeforeEach
    void serve() {
        shop.law = law(MASKS, true);
        for (Address<UUID, ?> address : List.of(PERSONS, SHOW)) {
            await(shop.bus().serve(address, delivery -> Future.succeededFuture(Outcome.done(gift()))));
        }
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aDisplayHoldsMaskedValuesAndWhatHasNoMaskIsHidden() {
        Seen seen = seen();

        assertThat(seen.email().reveal()).isEqualTo("0•••@example.org");
        assertThat(revealed(seen.name())).isEqualTo("•••:Ada");
        assertThat(revealed(seen.street())).isEqualTo("•••");
    }

    @Test
    void theSameFieldComesInFullByAContractThatOpensIt() {
        assertThat(await(shop.bus().ask(SHOW, question())).map(Plain::reveal))
                .isEqualTo(Outcome.done(BUYER + "/contact.email/sealed:ada@example.org"));
    }

    @Test
    void itIsTheLawAndNotTheDisplayThatMasks() {
        shop.law = law(MASKS, false);
        assertThat(seen().email().reveal()).endsWith("/sealed:ada@example.org");
    }

    @Test
    void aLawWithoutMasksShowsNothing() {
        shop.law = law(Masks.NONE, true);
        Seen seen = seen();

        assertThat(List.of(seen.email().reveal(), revealed(seen.name()), revealed(seen.street())))
                .containsOnly("•••");
    }

    @Test
    @Clause("E2")
    void betweenTwoLawsWhatTheyMaskDifferentlyIsHiddenAndTheRestIsNot() {
        Policy other = law(new Masks(Map.of("delivery.name", Mask.INITIALS, "contact.email", Mask.MAILBOX)), true);
        shop.law = Changeover.between(law(MASKS, true), other, true);
        Seen seen = seen();

        assertThat(revealed(seen.name())).isEqualTo("•••");
        assertThat(seen.email().reveal()).isEqualTo("0•••@example.org");
    }

    @Test
    @Clause("E2")
    void betweenTwoLawsOfWhichOneMasksItIsMasked() {
        shop.law = Changeover.between(law(MASKS, false), law(MASKS, true), true);
        assertThat(seen().email().reveal()).isEqualTo("0•••@example.org");
        shop.law = Changeover.between(law(MASKS, true), law(MASKS, false), true);
        assertThat(seen().email().reveal()).isEqualTo("0•••@example.org");
        shop.law = Changeover.between(law(MASKS, false), law(MASKS, false), true);
        assertThat(seen().email().reveal()).endsWith("/sealed:ada@example.org");
    }

    @Test
    @Clause("C2")
    void itsLeafNamesWhatIsShownAsOpenedAndIsDurableBeforeTheAskerHasIt() {
        Promise<Void> pause = Promise.promise();
        shop.ledgerPause = pause.future();

        Future<Outcome<Seen>> asked = shop.bus().ask(PERSONS, question());
        assertThat(asked.isComplete()).as("its leaf is not durable yet").isFalse();
        pause.complete();

        assertThat(await(asked)).isInstanceOf(Outcome.Done.class);
        assertThat(shop.leaves).singleElement().satisfies(leaf -> {
            assertThat(leaf.receiver()).isEqualTo("order.persons#reply");
            assertThat(leaf.opened()).isEqualTo(FieldSet.of(NAME, STREET, EMAIL));
            assertThat(leaf.decision()).isEqualTo(Use.PERMIT);
        });
    }

    @Test
    @Clause("C2")
    void withoutALedgerNothingIsShown() {
        shop.ledgerIsAway = true;
        assertThat(await(shop.bus().ask(PERSONS, question()))).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
    }

    @Test
    void withoutConsentNothingIsShownAndALeafSaysSo() {
        shop.knows(BUYER, ~Purpose.CUSTOMER_ASSISTANCE.mask());

        assertThat(await(shop.bus().ask(PERSONS, question())))
                .isEqualTo(Outcome.refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED));
        assertThat(shop.leaves).extracting(Use::decision).containsExactly("privacy.purpose-not-permitted");
    }

    @Test
    void whatDoesNotOpenIsNotShownMaskedEither() {
        shop.vaultFails = new Unavailable("keys");
        assertThat(await(shop.bus().ask(PERSONS, question()))).isEqualTo(Outcome.refused(PrivacyRefusal.OVERLOADED));
        shop.vaultFails = new IllegalStateException("moved");
        assertThat(await(shop.bus().ask(PERSONS, question())))
                .isEqualTo(Outcome.refused(PrivacyRefusal.FIELD_NOT_OPENED));
    }

    @Test
    void aDisplayThatTheLawGivesInFullIsNotServed() {
        shop.law = law(MASKS, false);
        assertThatThrownBy(() ->
                        await(shop.bus().serve(PERSONS, delivery -> Future.succeededFuture(Outcome.done(gift())))))
                .hasMessage("order.persons: is a display, and its contract gives the answer in full");
    }

    private Seen seen() {
        Outcome<Seen> outcome = await(shop.bus().ask(PERSONS, question()));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<Seen>) outcome).value();
    }

    private static String revealed(@Nullable Plain<String> shown) {
        return shown == null ? "" : shown.reveal();
    }

    private static Parcel question() {
        return Parcel.plain().with(ORDER, RECORD);
    }

    /** The shop's law, in which staff may be shown an order's persons; or are given them, which no law may. */
    private static Policy law(Masks masks, boolean isDisplay) {
        Policy law = Shop.law(java.time.Instant.MAX);
        Map<String, Contract> contracts = new HashMap<>(law.contracts());
        contracts.put(
                PERSONS.name(),
                new Contract(
                        PERSONS.name(),
                        PERSONS.purpose(),
                        new Wants(FieldSet.of(ORDER), FieldSet.NONE, FieldSet.NONE),
                        SHOWS,
                        Contract.Logging.BEFORE,
                        Optional.empty(),
                        isDisplay ? Optional.of(new Display(Set.of(Role.SUPPORT))) : Optional.empty()));
        return new Policy(
                        isDisplay ? "shows" : "gives",
                        law.announcedAt(),
                        law.effectiveAt(),
                        law.catalogue(),
                        contracts,
                        law.agreements())
                .showing(masks);
    }
}
