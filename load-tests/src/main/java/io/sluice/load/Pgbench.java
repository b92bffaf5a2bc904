package io.sluice.load;

import io.sluice.storage.DatabaseSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code pgbench}: sixteen clients on two threads, prepared statements. */
final class Pgbench {

    private static final int LEAST_VERSION = 14;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+)");
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([0-9]+)");

    private final DatabaseSettings database;

    Pgbench(DatabaseSettings database) {
        this.database = database;
    }

    /**
     * The version that is installed.
     *
     * @throws BenchFailed with words on how to install it
     */
    static String requireInstalled() throws IOException, InterruptedException {
        String said;
        try {
            said = output(new ProcessBuilder("pgbench", "--version"));
        } catch (IOException missing) {
            throw new BenchFailed("pgbench is missing, and without it there is nothing to compare with. Install"
                    + " PostgreSQL's tools, version 14 or newer (Debian, Ubuntu: apt install postgresql, or"
                    + " postgresql-contrib on older releases; Fedora: dnf install postgresql-contrib; macOS: brew install"
                    + " postgresql). Their server need not run.");
        }
        Matcher version = VERSION.matcher(said);
        if (!version.find() || Integer.parseInt(String.valueOf(version.group(1))) < LEAST_VERSION) {
            throw new BenchFailed("pgbench 14 or newer is needed; this is: " + said.strip());
        }
        return said.strip();
    }

    /**
     * Runs a script for so many seconds.
     *
     * @return transactions per second, without the time to connect
     * @throws BenchFailed if any transaction failed
     */
    double run(Path script, int seconds, Map<String, String> variables, String serverOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared", "-c", "16", "-j", "2"));
        command.addAll(List.of("-T", Integer.toString(seconds), "-f", script.toString()));
        variables.forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("PGHOST", database.host());
        environment.put("PGPORT", Integer.toString(database.port()));
        environment.put("PGDATABASE", database.database());
        environment.put("PGUSER", database.user());
        environment.put("PGPASSWORD", database.password());
        environment.put("PGOPTIONS", serverOptions);
        String said = output(builder.redirectErrorStream(true));
        Matcher tps = TPS.matcher(said);
        Matcher failed = FAILED.matcher(said);
        boolean hasFailed = failed.find() && Long.parseLong(String.valueOf(failed.group(1))) > 0;
        if (!tps.find() || hasFailed || said.contains("aborted")) {
            throw new BenchFailed("pgbench failed with " + script.getFileName() + ":\n" + said);
        }
        return Double.parseDouble(String.valueOf(tps.group(1)));
    }

    private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return code == 0 ? said : said + "\n(exit code " + code + ", run aborted)";
    }
}
