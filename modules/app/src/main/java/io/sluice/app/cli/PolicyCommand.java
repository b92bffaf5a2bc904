package io.sluice.app.cli;

import io.sluice.app.config.Config;
import io.sluice.app.config.PolicyConfig;
import io.sluice.app.node.Lawbook;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawDiff;
import io.sluice.stewardship.policy.LawFile;
import io.sluice.stewardship.policy.LawInvalid;
import io.sluice.stewardship.policy.LawSignature;
import io.sluice.stewardship.policy.LawSigners;
import io.sluice.stewardship.policy.Laws;
import io.sluice.stewardship.policy.PublishedLaw;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with the law without starting a node. */
@Command(
        name = "policy",
        description = "Checks, compares and signs versions of the law (config/policy/VERSION.yaml).",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ImpactCommand.class)
final class PolicyCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: check, diff, impact or sign?");
    }

    @Command(
            name = "check",
            description = "Holds every version against its signature, its predecessor and the code, as a start does.",
            mixinStandardHelpOptions = true)
    int check(@Mixin ConfigFlag config) throws IOException {
        Config whole = config.read(Map.of());
        Instant now = Instant.now();
        Laws laws = Lawbook.open(whole, now);
        PrintWriter out = spec.commandLine().getOut();
        for (PublishedLaw law : laws.published()) {
            out.printf(
                    "%-24s %-12s announced %s, effective %s, signed by %s%n",
                    law.version(),
                    standing(laws, law, now),
                    law.announcedAt(),
                    law.effectiveAt(),
                    law.signature().signer().equals(LawSigners.DEVELOPMENT)
                            ? "the development key"
                            : law.signature().signer());
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String standing(Laws laws, PublishedLaw law, Instant now) {
        if (law.version().equals(laws.inForce().version())) {
            return "in force";
        }
        return law.effectiveAt().isAfter(now) ? "announced" : "superseded";
    }

    @Command(
            name = "diff",
            description =
                    "Says what version B widens (+), narrows (-) and otherwise changes (~) of version A, field by field, and"
                            + " for which purposes everybody is asked for their consent anew (?)."
                            + " What it widens belongs into its list `widens`.",
            mixinStandardHelpOptions = true)
    int diff(
            @Mixin ConfigFlag config,
            @Parameters(paramLabel = "A", description = "a version's name, or a file") String before,
            @Parameters(paramLabel = "B", description = "a version's name, or a file") String after)
            throws IOException {
        Path folder = config.read(Map.of()).policy().dir();
        Law old = law(folder, before);
        Law now = law(folder, after);
        List<LawDiff.Change> changes = LawDiff.between(old, now);
        PrintWriter out = spec.commandLine().getOut();
        for (LawDiff.Change change : changes) {
            out.println(mark(change.direction()) + " " + change.rule()
                    + (change.detail().isEmpty() ? "" : ": " + change.detail()));
        }
        LawDiff.renewals(old, now).forEach(purpose -> out.println("? " + purpose.id() + ": consent is asked for anew"));
        out.println(summary(changes));
        out.flush();
        return ExitCode.OK;
    }

    private static char mark(LawDiff.Direction direction) {
        return switch (direction) {
            case WIDENS -> '+';
            case NARROWS -> '-';
            case CHANGES -> '~';
        };
    }

    private static String summary(List<LawDiff.Change> changes) {
        return changes.isEmpty()
                ? "The two say the same."
                : "%d widened, %d narrowed, %d otherwise changed."
                        .formatted(
                                count(changes, LawDiff.Direction.WIDENS),
                                count(changes, LawDiff.Direction.NARROWS),
                                count(changes, LawDiff.Direction.CHANGES));
    }

    private static long count(List<LawDiff.Change> changes, LawDiff.Direction direction) {
        return changes.stream()
                .filter(change -> change.direction() == direction)
                .count();
    }

    /** A version by its name in the folder, or a file; read by itself. */
    static Law law(Path folder, String which) throws IOException {
        Path named = folder.resolve(which + LawFile.SUFFIX);
        Path file = Files.exists(named) ? named : Path.of(which);
        if (!Files.exists(file)) {
            throw new IOException("there is no version " + which + " in " + folder + ", and no file of that name");
        }
        try {
            return LawFile.alone(String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.UTF_8));
        } catch (LawInvalid invalid) {
            throw new IOException(file + " is no law:\n  " + String.join("\n  ", invalid.problems()));
        }
    }

    @Command(
            name = "sign",
            description = {
                "Signs a version and puts VERSION.yaml.sig beside it. A key of your own:",
                "  openssl genpkey -algorithm ed25519 -out k.pem && openssl pkey -in k.pem -pubout >> k.pem"
            },
            mixinStandardHelpOptions = true)
    int sign(
            @Parameters(paramLabel = "FILE", description = "the version, such as config/policy/2027-01.yaml") Path file,
            @Option(
                            names = "--key",
                            paramLabel = "PEM",
                            description = "Ed25519 private and public key; the development key if not given")
                    @Nullable Path key)
            throws IOException {
        Path keys = key == null ? file.resolveSibling(PolicyConfig.DEVELOPMENT_KEY) : key;
        LawSignature signature = LawSignature.sign(file, keys);
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + " is signed by " + signature.signer());
        out.flush();
        return ExitCode.OK;
    }
}
