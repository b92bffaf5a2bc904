package io.sluice.load;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * What every run does around its measuring: tells of the machine and of what was found, and ends what it has started, however it
 * ends itself.
 *
 * @param clients are closed after the nodes, in this order
 */
record BenchRun(BenchSettings settings, List<NodeProcess> nodes, List<Vertx> clients, Consumer<String> out) {

    /** What was found. */
    interface Findings {

        /** Whether every check held, and the goal was reached. */
        boolean isGood();

        List<String> lines(BenchSettings settings) throws IOException;
    }

    /** Does the work. */
    @FunctionalInterface
    interface Measuring {
        Findings measure() throws IOException, InterruptedException, SQLException, TimeoutException;
    }

    BenchRun {
        nodes = List.copyOf(nodes);
        clients = List.copyOf(clients);
    }

    /**
     * Whether it is good, and all nodes stopped cleanly.
     *
     * @param data of the node whose server is told of
     * @param tools what else was used, a line each
     */
    boolean carryOut(Path data, List<String> tools, Measuring measuring) throws IOException, InterruptedException {
        String unclean = (nodes.size() == 1 ? "the" : "a") + " node did not stop cleanly";
        try {
            List<String> rig = Rig.lines(data, Server.of(data));
            Findings found = measuring.measure();
            boolean isClean = stopped();
            out.accept("");
            rig.forEach(out);
            tools.forEach(out);
            found.lines(settings).forEach(out);
            if (!isClean) {
                out.accept("WRONG: " + unclean);
            }
            return found.isGood() && isClean;
        } catch (SQLException e) {
            throw new BenchFailed("the database refused", e);
        } catch (TimeoutException e) {
            throw new BenchFailed("something took too long", e);
        } finally {
            if (!stopped()) {
                out.accept(unclean);
            }
            clients.forEach(Ours::close);
        }
    }

    private boolean stopped() throws InterruptedException {
        boolean isClean = true;
        for (NodeProcess node : nodes) {
            isClean &= node.stop();
        }
        return isClean;
    }
}
