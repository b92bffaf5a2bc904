package io.sluice.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.ordering.OrderState;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** The room's drawings are made from the machines themselves: {@code -Dsluice.draw=true} makes them anew. */
final class MachinesTest {

    private static final Path DRAWINGS = Path.of("MACHINES.md");

    @Test
    void theMachinesThatAreDrawnAreThoseThatRun() throws IOException {
        String drawn = """
                # The machines

                Drawn from the code by `MachinesTest`; after a change: `mvn -pl modules/commerce -am test -Dtest=MachinesTest
                -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.draw=true`.

                """
                + drawing("An order", OrderState.values(), OrderState::mayBecome)
                + drawing(
                        "One operation with the payment provider", OperationStatus.values(), OperationStatus::mayBecome)
                + drawing("A parcel", ShipmentStatus.values(), ShipmentStatus::mayBecome)
                + drawing("A refund", RefundStatus.values(), RefundStatus::mayBecome)
                + drawing("Goods that come back", ReturnStatus.values(), ReturnStatus::mayBecome);
        if (Boolean.getBoolean("sluice.draw")) {
            Files.writeString(DRAWINGS, drawn);
        }
        assertThat(Files.readString(DRAWINGS)).isEqualTo(drawn);
    }

    /** As a Mermaid state diagram. It begins with the first state, and ends where nothing follows. */
    private static <S extends Enum<S>> String drawing(String title, S[] states, BiPredicate<S, S> mayBecome) {
        StringBuilder text =
                new StringBuilder("## " + title + "\n\n```mermaid\nstateDiagram-v2\n    [*] --> " + states[0] + "\n");
        for (S state : states) {
            boolean isEnd = true;
            for (S next : states) {
                if (mayBecome.test(state, next)) {
                    text.append("    ")
                            .append(state)
                            .append(" --> ")
                            .append(next)
                            .append('\n');
                    isEnd &= next == state;
                }
            }
            if (isEnd) {
                text.append("    ").append(state).append(" --> [*]\n");
            }
        }
        return text.append("```\n\n").toString();
    }
}
