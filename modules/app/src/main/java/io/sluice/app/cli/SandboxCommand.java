package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.node.Links;
import io.sluice.app.node.Sandboxes;
import io.sluice.app.sandbox.SandboxPartners;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the sandbox partners alone, for nodes whose configuration points to them. */
@Command(
        name = "sandbox",
        description = "Runs the sandbox payment provider and carrier alone. Keys, secrets and ports come from the same"
                + " configuration as the node's (payments.sandbox, carriers.sandbox, sandbox).",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    private static final long PATIENCE_SECONDS = 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeFlags flags = new NodeFlags();

    @Option(
            names = "--shop",
            paramLabel = "URL",
            description = "where callbacks go; made of http.public_url, or of http.host and http.port, if not given")
    private @Nullable URI shop;

    @Override
    public Integer call() throws InterruptedException, TimeoutException, IOException {
        Config config = flags.read();
        Links links = Links.of(config);
        URI called = shop == null ? shopOf(config, links) : shop;
        Vertx vertx = Vertx.vertx();
        SandboxPartners partners = SandboxPartners.start(vertx, Sandboxes.settings(config, links, Optional.of(called)))
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(vertx, partners), "sluice-stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Payment provider on " + partners.provider());
        out.println("Carrier on " + partners.carrier());
        out.flush();
        // nothing but a signal ends it
        ended.await();
        return ExitCode.OK;
    }

    private static URI shopOf(Config config, Links links) {
        return config.http()
                .publicUrl()
                .orElseGet(() -> links.shop(config.http().port()));
    }

    private static void stop(Vertx vertx, SandboxPartners partners) {
        try {
            partners.close().eventually(vertx::close).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(ExitCode.OK);
        } catch (TimeoutException | RuntimeException e) {
            System.err.println("Sluice: the partners did not end in time");
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }
}
