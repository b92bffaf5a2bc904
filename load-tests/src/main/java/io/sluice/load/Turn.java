package io.sluice.load;

import java.util.List;
import java.util.UUID;

/**
 * One turn of ours.
 *
 * @param accepted every order that was answered 201, warm-up included
 * @param others answers that were not 201, of which some are examples
 * @param cpu spent within the window
 * @param stepsDone of the orders' later lives, within the turn
 * @param stepsPending at its end
 */
record Turn(
        double perSecond,
        Latencies latencies,
        List<UUID> accepted,
        long others,
        List<String> examples,
        CpuClock cpu,
        long stepsDone,
        long stepsPending) {

    Turn {
        accepted = List.copyOf(accepted);
        examples = List.copyOf(examples);
    }

    /** What was wrong already, if this was to warm up. */
    List<String> troublesOfWarmUp() {
        return examples.stream()
                .map(example -> "while warming up, an answer was\n" + example)
                .toList();
    }
}
