package io.sluice.load.decide;

import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.app.node.Lawbook;
import io.sluice.kernel.Decision;
import io.sluice.kernel.Denial;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyKernel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * P5: one decision, and one decision with the view that is made of it. Each is measured for one kind of message at a time, and
 * for all kinds in turn, because a processor foretells one and the same message well.
 *
 * <p>In the sampled mode each call is timed by itself, which adds the reading of a clock, some 20 to 30 ns, to every value: what
 * it shows are percentiles, from above. The average is taken over all calls of an iteration, and has no such surplus.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {

    /** Messages laid out, a power of two. */
    private static final int LAID_OUT = 1024;

    /** The folder that holds {@code config/policy}. */
    @Param(".")
    public String home = ".";

    /** Which kind; {@code mixed} is all of them in a random order. */
    @Param({"checkout", "gift", "dispatch", "refused", "mixed"})
    public String message = "mixed";

    private Message<?>[] messages = {};
    private int next;

    @SuppressWarnings("NullAway.Init") // JMH calls open() first
    private Policy law;

    /** Reads the law of the shop, holds it against the code as a node would, and lays the messages out. */
    @Setup
    public void open() throws IOException {
        Instant now = Instant.now();
        Path policies = Path.of(home, "config", "policy");
        law = Lawbook.open(new PolicyConfig(policies, Optional.empty()), Profile.DEVELOPMENT, now)
                .inForce()
                .policy();
        List<Message<?>> kinds = kinds(now);
        Random random = new Random(1);
        messages = new Message<?>[LAID_OUT];
        for (int i = 0; i < LAID_OUT; i++) {
            messages[i] = kinds.get(random.nextInt(kinds.size()));
        }
    }

    private List<Message<?>> kinds(Instant now) {
        return switch (message) {
            case "checkout" -> List.of(Message.checkout(now));
            case "gift" -> List.of(Message.gift(now));
            case "dispatch" -> List.of(Message.dispatch(now));
            case "refused" -> List.of(Message.refused(now));
            case "mixed" ->
                List.of(Message.checkout(now), Message.gift(now), Message.dispatch(now), Message.refused(now));
            default -> throw new IllegalArgumentException("no such message: " + message);
        };
    }

    private Message<?> next() {
        return messages[next++ & LAID_OUT - 1];
    }

    /** The decision by itself. What it allocates is the permit that it grants; a refusal allocates nothing. */
    @Benchmark
    public Decision decide() {
        return PrivacyKernel.decide(law, next().question());
    }

    /** The decision and the handler's view of what it grants, or the refusal. */
    @Benchmark
    public Object decideAndProject() {
        return viewed(next());
    }

    private <V> Object viewed(Message<V> one) {
        return switch (PrivacyKernel.decide(law, one.question())) {
            case Permit permit -> one.view(permit);
            case Denial denial -> denial;
        };
    }
}
