package io.sluice.commerce.step;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderChange;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.guard.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps are held by one node at a time, and settled by whoever holds them now. */
final class StepStoreIT {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final List<Effect.Kind> ALL = List.of(Effect.Kind.values());

    private ShopFloor floor;
    private StepStore steps;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
        steps = new StepStore(floor.database);
    }

    @AfterEach
    void close() throws Exception {
        floor.close();
    }

    @Test
    void aStepIsHeldByOneUntilItsLeaseEndsAndMayHaveHappenedThen() throws Exception {
        UUID order = floor.placed();

        Step first = only(lease(ALL, 10));
        assertThat(first.key()).isEqualTo(new StepKey(floor.authorisation(order).id(), Effect.Kind.AUTHORISE));
        assertThat(first.order()).isEqualTo(floor.order(order));
        assertThat(first.sealed()).hasSize(1);
        assertThat(first.mayHaveHappened()).isFalse();
        assertThat(lease(ALL, 10)).as("held already").isEmpty();

        leasesEnd();
        Step second = only(lease(ALL, 10));
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.mayHaveHappened()).isTrue();
    }

    @Test
    void onlyWhoHoldsAStepNowSettlesIt() throws Exception {
        UUID order = floor.placed();
        Step former = only(lease(ALL, 10));
        leasesEnd();
        Step present = only(lease(ALL, 10));

        settle(former, ShopFloor.said(former.key().operation(), OperationStatus.PENDING));
        assertThat(isDone(former.key())).as("by its former holder").isFalse();
        assertThat(floor.authorisation(order).status())
                .as("what was said is taken in all the same")
                .isEqualTo(OperationStatus.PENDING);

        settle(present, ShopFloor.said(present.key().operation(), OperationStatus.PENDING));
        assertThat(isDone(present.key())).as("by its present holder").isTrue();
    }

    @Test
    void onlyWhoHoldsAStepNowPutsItOff() throws Exception {
        floor.placed();
        Step former = only(lease(ALL, 10));
        leasesEnd();
        Step present = only(lease(ALL, 10));

        await(steps.putOff(former.lease(), Duration.ZERO));
        assertThat(lease(ALL, 10)).as("still held").isEmpty();

        await(steps.putOff(present.lease(), Duration.ZERO));
        assertThat(only(lease(ALL, 10)).putOffs()).isEqualTo(1);
    }

    @Test
    void aStepThatIsPutOffIsNotDueBeforeItsPauseHasPassed() throws Exception {
        floor.placed();
        await(steps.putOff(only(lease(ALL, 10)).lease(), Duration.ofMinutes(1)));
        assertThat(lease(ALL, 10)).isEmpty();

        floor.run("update commerce.step set due_at = now()");
        assertThat(lease(ALL, 10)).hasSize(1);
    }

    @Test
    void aStepThatWasArmedAgainIsNotSettledByItsEarlierHolder() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();
        done(floor.change(order, new OrderCommand.OperationSilent(operation)));
        floor.run("update commerce.step set due_at = now()");
        Step question = only(lease(List.of(Effect.Kind.ASK_PROVIDER), 10));

        done(floor.change(order, new OrderCommand.OperationSilent(operation))); // asks once more
        settle(question, new OrderCommand.RecordOperation(operation, OperationStatus.UNKNOWN, null, null, null, null));

        assertThat(isDone(question.key())).isFalse();
        floor.run("update commerce.step set due_at = now()");
        Step again = only(lease(List.of(Effect.Kind.ASK_PROVIDER), 10));
        assertThat(again.mayHaveHappened()).as("armed anew").isFalse();
    }

    @Test
    void aSettledStepThatItsOwnConsequencesArmStaysDue() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();
        done(floor.change(order, new OrderCommand.OperationSilent(operation)));
        Step authorise = only(lease(List.of(Effect.Kind.AUTHORISE), 10));

        settle(authorise, new OrderCommand.ResendOperation(operation));

        assertThat(isDone(authorise.key())).isFalse();
        assertThat(only(lease(List.of(Effect.Kind.AUTHORISE), 10)).mayHaveHappened())
                .isFalse();
    }

    @Test
    void aNodeTakesOnlyWhatItCanCarryOutAndHasRoomFor() throws Exception {
        for (int i = 0; i < 3; i++) {
            floor.placed();
        }
        assertThat(lease(List.of(Effect.Kind.DISPATCH, Effect.Kind.CAPTURE), 10))
                .isEmpty();
        assertThat(lease(List.of(Effect.Kind.AUTHORISE), 2)).hasSize(2);
        assertThat(lease(List.of(Effect.Kind.AUTHORISE), 2)).hasSize(1);
    }

    @Test
    void inABacklogTheFirstKindComesFirstHoweverLongTheOthersHaveWaitedAndTheOldestOfIt() throws Exception {
        UUID refund = waiting("REFUND", 3);
        UUID capture = waiting("CAPTURE", 2);
        UUID younger = waiting("AUTHORISE", 0);
        UUID older = waiting("AUTHORISE", 1);

        assertThat(operations(lease(ALL, 1))).containsExactly(older);
        assertThat(operations(lease(ALL, 2))).containsExactlyInAnyOrder(younger, capture);
        assertThat(operations(lease(ALL, 2))).containsExactly(refund);
    }

    /** An operation of that kind that has been due for so many hours. */
    private UUID waiting(String kind, int hours) throws Exception {
        UUID operation = floor.authorisation(floor.placed()).id();
        floor.run(
                "update commerce.step set kind = $2, due_at = now() - $3::int * interval '1 hour' where operation = $1",
                operation,
                kind,
                hours);
        return operation;
    }

    private static List<UUID> operations(List<Step> leased) {
        return leased.stream().map(step -> step.key().operation()).toList();
    }

    @Test
    void aStepWhoseOrderCannotBeReadDoesNotKeepTheOthers() throws Exception {
        UUID broken = floor.placed();
        UUID whole = floor.placed();
        UUID operation = floor.authorisation(broken).id();
        floor.run("update commerce.orders set document = '{\"v\": 1}' where id = $1", broken);

        StepStore.Leased leased = await(steps.lease(ALL, 10, LEASE));

        assertThat(leased.steps()).extracting(step -> step.order().id()).containsExactly(whole);
        assertThat(leased.unreadable())
                .extracting(step -> step.lease().step().operation())
                .containsExactly(operation);
    }

    private List<Step> lease(List<Effect.Kind> kinds, int limit) throws Exception {
        StepStore.Leased leased = await(steps.lease(kinds, limit, LEASE));
        assertThat(leased.unreadable()).isEmpty();
        return leased.steps();
    }

    private static Step only(List<Step> leased) {
        assertThat(leased).hasSize(1);
        return leased.getFirst();
    }

    private void leasesEnd() throws Exception {
        floor.run("update commerce.step set lease_until = now() - interval '1 second'");
    }

    private void settle(Step step, OrderCommand command) throws Exception {
        done(await(floor.orders.change(OrderChange.byStep(step.lease(), command))));
    }

    private static void done(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private boolean isDone(StepKey key) throws Exception {
        return floor.number(
                        "select count(*) from commerce.step where operation = $1 and kind = $2 and done_at is not null",
                        key.operation(),
                        key.kind().name())
                == 1;
    }
}
