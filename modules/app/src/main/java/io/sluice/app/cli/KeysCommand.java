package io.sluice.app.cli;

import io.sluice.app.node.KeyDesk;
import io.sluice.vault.KeyUpkeep;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with the key-encryption keys, beside the nodes that run or without any. Shows no key. */
@Command(
        name = "keys",
        description = "Lists the epochs of the key-encryption keys, and begins a new one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: list or rotate?");
    }

    @Command(
            name = "list",
            description = {
                "Shows every epoch that has a key: when it was made, when it ended, how many keys of persons are",
                "wrapped under it, and from when on its key is destroyed."
            },
            mixinStandardHelpOptions = true)
    int list(@Mixin StoresFlags flags) {
        Quiet.please();
        try (KeyDesk desk = KeyDesk.open(flags.read())) {
            print(desk);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "rotate",
            description = {
                "Ends the current epoch now, whatever its age: makes a key for the next one and wraps all living keys",
                "of persons under it. Nodes may run meanwhile and go on opening. The old key is destroyed after",
                "vault.grace, by a node."
            },
            mixinStandardHelpOptions = true)
    int rotate(@Mixin StoresFlags flags) {
        Quiet.please();
        try (KeyDesk desk = KeyDesk.open(flags.read())) {
            desk.rotate()
                    .forEach((region, epoch) ->
                            spec.commandLine().getOut().println("Epoch " + epoch + " has begun in " + region + "."));
            print(desk);
        }
        return ExitCode.OK;
    }

    private void print(KeyDesk desk) {
        PrintWriter out = spec.commandLine().getOut();
        for (KeyDesk.RegionEpochs region : desk.standing()) {
            print(out, desk, region);
        }
        out.println("Who is erased cannot be read from any backup after "
                + inWords(desk.settings().erasureHorizon()));
        out.flush();
    }

    private static void print(PrintWriter out, KeyDesk desk, KeyDesk.RegionEpochs region) {
        out.println("Region " + region.region());
        out.printf("%-8s%-22s%-22s%-14s%s%n", "epoch", "made", "ended", "living keys", "destroyed from");
        for (KeyUpkeep.Standing each : region.epochs()) {
            out.printf(
                    "%-8d%-22s%-22s%-14d%s%n",
                    each.epoch().number(),
                    shown(Optional.of(each.epoch().madeAt())),
                    shown(each.ended()),
                    each.living(),
                    shown(each.ended().map(end -> end.plus(desk.settings().grace()))));
        }
        out.println("Held by: " + region.holder());
    }

    private static String shown(Optional<Instant> time) {
        return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
    }

    private static String inWords(Duration duration) {
        return duration.toDays() + " d " + duration.toHoursPart() + " h " + duration.toMinutesPart() + " min";
    }
}
