package io.sluice.load;

import io.sluice.storage.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders by bare SQL, in a database of their own on the node's server. Its tables are made by the product's own migrations, so
 * that widths, keys and indexes are the product's; each turn gets a fresh copy, so that none inherits another's sizes.
 */
final class Baseline {

    /** What is measured beside us. */
    enum Kind {
        /** A statement at a time: P1's line. */
        SINGLE("checkout.sql", ""),
        /** The same in one round trip. */
        PIPELINED("checkout-pipelined.sql", ""),
        /** The product's own batches: P2's line. Planned as the product has it. */
        BATCHED("checkout-batched.sql", "-c plan_cache_mode=force_generic_plan");

        private final String script;
        private final String serverOptions;

        Kind(String script, String serverOptions) {
            this.script = script;
            this.serverOptions = serverOptions;
        }
    }

    private static final String TEMPLATE = "sluice_bench_template";
    private static final String COPY = "sluice_bench";

    private final Server server;
    private final Path scripts;
    private final Map<String, String> variables;
    private final int batch;

    private Baseline(Server server, Path scripts, Map<String, String> variables, int batch) {
        this.server = server;
        this.scripts = scripts;
        this.variables = variables;
        this.batch = batch;
    }

    /** Makes the database that turns are copied from. @param scripts where the scripts are put */
    static Baseline prepare(Server server, Path scripts, BenchSettings settings, OrderWidths widths)
            throws IOException, SQLException {
        Files.createDirectories(scripts);
        server.run("postgres", "create database " + TEMPLATE);
        Migrations.run(server.database(TEMPLATE), List.of("storage", "commerce", "stewardship", "ledger"));
        String load = script("load.sql")
                .replace(":subjects", Integer.toString(settings.subjects()))
                .replace(":skus", Integer.toString(settings.skus()));
        for (String statement : load.split(";\n")) {
            // each for itself: vacuum cannot share a transaction
            server.run(TEMPLATE, statement);
        }
        Map<String, String> variables = new TreeMap<>(widths.variables());
        variables.put("subjects", Integer.toString(settings.subjects()));
        variables.put("skus", Integer.toString(settings.skus()));
        variables.put("hot", "0");
        variables.put("batch", Integer.toString(settings.batch()));
        return new Baseline(server, scripts, variables, settings.batch());
    }

    /** Orders per second of one turn, checked. */
    double run(Kind kind, int warmUp, int seconds) throws IOException, SQLException, InterruptedException {
        server.run("postgres", "drop database if exists " + COPY);
        server.run("postgres", "create database " + COPY + " template " + TEMPLATE);
        server.run("postgres", "checkpoint");
        Path script = scripts.resolve(kind.script);
        Files.writeString(script, script(kind.script));
        Pgbench pgbench = new Pgbench(server.database(COPY));
        if (warmUp > 0) {
            double ignored = pgbench.run(script, warmUp, variables, kind.serverOptions);
        }
        double transactions = pgbench.run(script, seconds, variables, kind.serverOptions);
        try {
            server.run(COPY, script("check.sql"));
        } catch (SQLException wrong) {
            throw new BenchFailed("the baseline " + kind.script + " does not add up", wrong);
        }
        return kind == Kind.BATCHED ? transactions * batch : transactions;
    }

    private static String script(String name) throws IOException {
        try (InputStream in = Baseline.class.getResourceAsStream("sql/" + name)) {
            if (in == null) {
                throw new BenchFailed("the script " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
