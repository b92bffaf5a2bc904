package io.sluice.commerce.step;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.guard.Parcel;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps are carried out: at once when announced, by and by when not, a few at a time, and to the end before a stop. */
final class StepVerticleIT {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMillis(50);

    /** Partners that say nothing until they are told what to say. */
    private final Map<UUID, Promise<OrderCommand>> asked = new ConcurrentHashMap<>();

    private final BlockingQueue<Step> begun = new LinkedBlockingQueue<>();
    private volatile boolean isOver;
    private ShopFloor floor;
    private LawfulBus bus;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
        bus = LawfulBus.on(floor.vertx, ShopFloor.CATALOGUE, List.of(StepVerticle.DUE));
    }

    @AfterEach
    void close() throws Exception {
        isOver = true;
        asked.values().forEach(one -> one.tryFail(new NotYet("the test is over"))); // a stop waits for them
        floor.close();
    }

    @Test
    void anAnnouncedStepIsCarriedOutAndSettled() throws Exception {
        UUID order = floor.placed();
        deploy(NEVER, 8, this::silent);
        assertThat(begun).as("nobody has announced it").isEmpty();

        announce();
        Step step = next();
        answer(step, ShopFloor.said(step.key().operation(), OperationStatus.SUCCEEDED));

        awaitNumber("select count(*) from commerce.step where kind = 'AUTHORISE' and done_at is not null", 1);
        assertThat(floor.authorisation(order).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void aStepThatNobodyAnnouncedIsFoundAllTheSame() throws Exception {
        floor.placed();
        deploy(SOON, 8, this::silent);

        assertThat(next().key().kind()).isEqualTo(Effect.Kind.AUTHORISE);
    }

    @Test
    void aStepThatFailsIsPutOffAndNotLost() throws Exception {
        floor.placed();
        deploy(SOON, 8, step -> Future.failedFuture(new NotYet("the partner is not there yet")));

        awaitNumber("select count(*) from commerce.step where lease_until is null and due_at > now()", 1);
        assertThat(next().mayHaveHappened()).isFalse();
        assertThat(floor.counted("sluice.steps.put-off")).isEqualTo(1);

        floor.run("update commerce.step set due_at = now()");
        assertThat(next().mayHaveHappened()).as("once more").isTrue();
    }

    @Test
    void aStepThatIsPutOffOnceMoreWaitsLonger() throws Exception {
        floor.placed();
        floor.run("update commerce.step set attempts = 9, put_offs = 9");
        deploy(SOON, 8, step -> Future.failedFuture(new NotYet("the partner is not there yet")));

        awaitNumber("select count(*) from commerce.step where put_offs = 10 and due_at > now() + interval '30 s'", 1);
    }

    @Test
    void nodesThatDiedHoldingAStepDoNotMakeItWait() throws Exception {
        floor.placed();
        floor.run("update commerce.step set attempts = 9, fence = 9, lease_until = now() - interval '1 second'");
        deploy(SOON, 8, step -> Future.failedFuture(new NotYet("the partner is not there yet")));

        next();
        next(); // sooner than after the pause of a step that was put off nine times
        assertThat(floor.number("select count(*) from commerce.step where attempts = 11"))
                .isEqualTo(1);
    }

    @Test
    void anExecutorThatThrowsIsAStepThatFails() throws Exception {
        floor.placed();
        deploy(SOON, 8, step -> {
            throw new IllegalStateException("ours");
        });

        awaitNumber("select count(*) from commerce.step where lease_until is null and due_at > now()", 1);
        assertThat(floor.counted("sluice.steps.put-off")).isEqualTo(1);
    }

    @Test
    void noMoreStepsAreUnderWayThanTheNodeHasRoomFor() throws Exception {
        for (int i = 0; i < 5; i++) {
            floor.placed();
        }
        deploy(SOON, 2, this::silent);
        Step first = next();
        next();
        assertThat(floor.number("select count(*) from commerce.step where lease_until is not null"))
                .as("two are held, three are not")
                .isEqualTo(2);

        answer(first, ShopFloor.said(first.key().operation(), OperationStatus.DECLINED));
        next();
        assertThat(floor.number("select count(*) from commerce.step where lease_until is not null and done_at is null"))
                .isEqualTo(2);
    }

    @Test
    void aBacklogThatDoesNotEndKeepsNothingWaitingForEver() throws Exception {
        for (int i = 0; i < 12; i++) {
            floor.placed();
        }
        floor.run("""
                update commerce.step set kind = 'REFUND'
                where operation = (select operation from commerce.step order by operation limit 1)""");
        deploy(SOON, 1, step -> Future.failedFuture(new NotYet("the partner is not there yet")));

        List<Effect.Kind> kinds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            kinds.add(next().key().kind());
        }
        assertThat(kinds.getFirst()).as("what matters most comes first").isEqualTo(Effect.Kind.AUTHORISE);
        assertThat(kinds).contains(Effect.Kind.REFUND);
    }

    @Test
    void aStopWaitsForWhatIsUnderWayAndTakesNothingNew() throws Exception {
        UUID order = floor.placed();
        String deployment = deploy(SOON, 8, this::silent);
        Step step = next();

        Future<Void> stopped = floor.vertx.undeploy(deployment);
        floor.placed();
        assertThat(begun.poll(300, TimeUnit.MILLISECONDS)).as("something new").isNull();
        assertThat(stopped.isComplete()).as("one step is under way").isFalse();

        answer(step, ShopFloor.said(step.key().operation(), OperationStatus.SUCCEEDED));
        await(stopped);
        assertThat(floor.authorisation(order).status())
                .as("recorded before the stop was over")
                .isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(begun).isEmpty();
    }

    @Test
    void aStepWhoseOrderCannotBeReadIsPutOffAlone() throws Exception {
        UUID broken = floor.placed();
        UUID whole = floor.placed();
        floor.run("update commerce.orders set document = '{\"v\": 1}' where id = $1", broken);
        deploy(SOON, 8, this::silent);

        assertThat(next().order().id()).isEqualTo(whole);
        awaitNumber("select count(*) from commerce.step where lease_until is null and due_at > now()", 1);
        assertThat(floor.counted("sluice.steps.unreadable")).isEqualTo(1);
    }

    private Future<OrderCommand> silent(Step step) {
        return isOver
                ? Future.failedFuture(new NotYet("the test is over"))
                : asked.computeIfAbsent(step.key().operation(), first -> Promise.promise())
                        .future();
    }

    private void answer(Step step, OrderCommand command) {
        asked.computeIfAbsent(step.key().operation(), first -> Promise.promise())
                .complete(command);
    }

    @CanIgnoreReturnValue
    private String deploy(Duration sweep, int maxInFlight, Function<Step, Future<OrderCommand>> partner)
            throws Exception {
        StepExecutor executor = new StepExecutor() {
            @Override
            public Set<Effect.Kind> kinds() {
                return EnumSet.of(Effect.Kind.AUTHORISE, Effect.Kind.REFUND);
            }

            @Override
            public Future<OrderCommand> execute(Step step) {
                begun.add(step);
                return partner.apply(step);
            }
        };
        return await(floor.vertx.deployVerticle(new StepVerticle(
                bus.bus(),
                new StepStore(floor.database),
                floor.orders,
                List.of(executor),
                new StepSettings(LEASE, sweep, maxInFlight),
                floor.meters)));
    }

    private void announce() {
        bus.bus().announce(StepVerticle.DUE, Parcel.plain());
    }

    @CanIgnoreReturnValue
    private Step next() throws InterruptedException {
        Step step = begun.poll(30, TimeUnit.SECONDS);
        assertThat(step).as("a step that is carried out").isNotNull();
        return step;
    }

    private void awaitNumber(String sql, long wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (floor.number(sql) != wanted && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(floor.number(sql)).as(sql).isEqualTo(wanted);
    }
}
