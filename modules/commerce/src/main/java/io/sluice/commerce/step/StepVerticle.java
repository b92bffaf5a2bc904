package io.sluice.commerce.step;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderChange;
import io.sluice.commerce.ordering.OrderCommand;
import io.sluice.commerce.ordering.OrderStore;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out due steps: at once when they are announced, by and by when the announcement was lost, and after its lease when
 * the node that held them has died. No connection is held while a partner is awaited.
 */
public final class StepVerticle extends VerticleBase {

    /** Announced when steps have been written. */
    public static final Address<Address.Done, Address.Done> DUE = Address.of(
                    "steps.due", Purpose.TRANSACTION_VERIFICATION)
            .as(granted -> Address.Done.DONE)
            .withoutAnswer();

    private static final Logger LOG = LoggerFactory.getLogger(StepVerticle.class);
    private static final long MAX_PAUSE_MILLIS = 60_000;
    /** One look in so many begins with what matters least, so that nothing waits for ever behind a backlog that does not end. */
    private static final int LOOKS = 8;

    private final Bus bus;
    private final StepStore steps;
    private final OrderStore orders;
    private final Map<Effect.Kind, StepExecutor> executors = new EnumMap<>(Effect.Kind.class);
    private final StepSettings settings;
    private final MeterRegistry meters;
    private final Promise<Void> quiet = Promise.promise();
    private final List<Effect.Kind> kinds;
    private int inFlight;
    private int looks;
    private boolean isLeasing;
    private boolean isAskedAgain;
    private boolean isStopping;

    public StepVerticle(
            Bus bus,
            StepStore steps,
            OrderStore orders,
            List<StepExecutor> executors,
            StepSettings settings,
            MeterRegistry meters) {
        this.bus = bus;
        this.steps = steps;
        this.orders = orders;
        this.settings = settings;
        this.meters = meters;
        executors.forEach(executor -> executor.kinds().forEach(kind -> {
            if (this.executors.put(kind, executor) != null) {
                throw new IllegalArgumentException("two executors for " + kind);
            }
        }));
        kinds = List.copyOf(this.executors.keySet());
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(settings.sweep().toMillis(), tick -> look());
        return bus.listen(DUE, due -> look());
    }

    /**
     * Leases no more, and waits for what is under way. What is not done by the end of its lease is left to the other nodes, and
     * to the next start.
     */
    @Override
    public Future<?> stop() {
        isStopping = true;
        settleStop();
        long timer = vertx.setTimer(settings.lease().toMillis(), end -> quiet.tryComplete());
        return quiet.future().onComplete(stopped -> vertx.cancelTimer(timer));
    }

    private void settleStop() {
        if (isStopping && inFlight == 0 && !isLeasing) {
            quiet.tryComplete();
        }
    }

    private void look() {
        isAskedAgain = true;
        int free = settings.maxInFlight() - inFlight;
        if (isStopping || isLeasing || free <= 0) {
            return;
        }
        isLeasing = true;
        isAskedAgain = false;
        looks = (looks + 1) % LOOKS;
        List<Effect.Kind> inOrder = looks == 0 ? kinds.reversed() : kinds;
        steps.lease(inOrder, free, settings.lease()).onComplete(leased -> {
            isLeasing = false;
            if (leased.failed()) {
                LOG.warn("steps not leased cause={}", leased.cause().getClass().getSimpleName());
                settleStop();
                return;
            }
            leased.result().steps().forEach(this::carryOut);
            leased.result().unreadable().forEach(this::leave);
            settleStop();
            if (isAskedAgain || leased.result().size() == free) {
                look();
            }
        });
    }

    private void carryOut(Step step) {
        meters.counter("sluice.steps", "kind", step.key().kind().name()).increment();
        awaited(
                step.lease(),
                execute(step)
                        .compose(command -> orders.change(OrderChange.byStep(step.lease(), command)))
                        .<Void>mapEmpty()
                        // the step is due again after a pause, here or on another node
                        .recover(cause -> putOff(step.lease(), step.putOffs(), cause)));
    }

    /** A step whose order cannot be read is tried again, by a later version perhaps, and never dropped. */
    private void leave(StepStore.Unreadable step) {
        meters.counter("sluice.steps.unreadable").increment();
        awaited(step.lease(), putOff(step.lease(), step.putOffs(), step.cause()));
    }

    private void awaited(Lease lease, Future<Void> work) {
        inFlight++;
        work.onComplete(ended -> {
            inFlight--;
            if (ended.failed()) {
                LOG.warn(
                        "step left to its lease kind={} operation={}",
                        lease.step().kind(),
                        lease.step().operation());
            }
            settleStop();
            if (isAskedAgain) {
                look();
            }
        });
    }

    private Future<OrderCommand> execute(Step step) {
        try {
            return Objects.requireNonNull(executors.get(step.key().kind()), "only kinds with an executor are leased")
                    .execute(step);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private Future<Void> putOff(Lease lease, int putOffs, Throwable cause) {
        StepKey step = lease.step();
        meters.counter("sluice.steps.put-off", "kind", step.kind().name()).increment();
        if (!(cause instanceof NotYet || cause instanceof Unavailable)) {
            LOG.warn("step put off kind={} operation={}", step.kind(), step.operation(), cause);
        }
        return steps.putOff(lease, pause(putOffs));
    }

    /** One second at first, then twice as long after each earlier one, a minute at most. */
    static Duration pause(int putOffs) {
        long millis = TimeUnit.SECONDS.toMillis(1) << Math.min(putOffs, 6);
        return Duration.ofMillis(Math.min(millis, MAX_PAUSE_MILLIS));
    }
}
