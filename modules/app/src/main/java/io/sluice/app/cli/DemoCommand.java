package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.config.NodeRole;
import io.sluice.app.demo.Demo;
import io.sluice.app.demo.DemoReport;
import io.sluice.app.demo.DemoResult;
import io.sluice.app.node.Books;
import io.sluice.app.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a node, drives the bundled orders through its API, and says what came of them. */
@Command(
        name = "demo",
        description =
                "Starts a node in an empty data directory of its own, drives the orders of config/demo through the HTTP"
                        + " API, prints the books, and stops. Ends with 0 only if every order ended as its line says it should; then"
                        + " its own data directory is removed again. JAVA_TOOL_OPTIONS=-Dsluice.log=INFO shows the log.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final long PATIENCE_MINUTES = 8;

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, TimeoutException {
        Quiet.please();
        PrintWriter out = spec.commandLine().getOut();
        boolean isOwnDirectory = flags.dataDir == null;
        if (isOwnDirectory) {
            // expectations hold for a world in which nothing has happened yet
            flags.dataDir = Files.createTempDirectory("sluice-demo-").toString();
        }
        Config config = flags.read();
        if (!config.profile().isDevelopment() || config.node().roles().size() < NodeRole.values().length) {
            throw new ParameterException(
                    spec.commandLine(), "The demo needs the development profile, and a node of both roles.");
        }
        out.println("starting a node in " + config.dataDir());
        out.flush();
        Node node = Node.start(config);
        StopOnSignal.of(node);
        boolean isRight = false;
        boolean isClean;
        try {
            isRight = drive(node, config, out);
        } finally {
            isClean = node.stop().clean();
            out.println(isClean ? "the node stopped cleanly" : "the node did not stop cleanly, see the log");
            out.flush();
        }
        if (!isRight || !isClean) {
            out.println("what it left is in " + config.dataDir());
            out.flush();
            return ExitCode.FAILED;
        }
        if (isOwnDirectory) {
            remove(config.dataDir());
        }
        return ExitCode.OK;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            // what is inside comes before what holds it
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static boolean drive(Node node, Config config, PrintWriter out) throws IOException, TimeoutException {
        JsonObject accounts = new JsonObject(Files.readString(node.credentials().orElseThrow()));
        Vertx client = Vertx.vertx();
        try {
            Demo demo = new Demo(
                    client,
                    node.shop().orElseThrow(),
                    node.authority(),
                    config.demo(),
                    accounts.getJsonObject("support"),
                    // the same at each run on this directory, where the customers of the first one still are
                    node.demoPassword().reveal(),
                    line -> {
                        out.println("  " + line);
                        out.flush();
                    });
            DemoResult result = demo.run().await(PATIENCE_MINUTES, TimeUnit.MINUTES);
            Books books = node.books().await(1, TimeUnit.MINUTES);
            DemoReport report = DemoReport.of(books, config.dataDir().resolve("outside"), result);
            out.print(report.text());
            out.flush();
            return report.isRight();
        } finally {
            client.close().await(10, TimeUnit.SECONDS);
        }
    }
}
