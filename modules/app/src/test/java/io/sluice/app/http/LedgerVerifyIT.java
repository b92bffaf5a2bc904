package io.sluice.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.cli.ExitCode;
import io.sluice.app.cli.SluiceCommand;
import io.sluice.app.process.DataServer;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice ledger verify} and {@code receipt}, beside a node at work and after its end, and with somebody at the tables. */
@Clause({"C3", "C4"})
class LedgerVerifyIT {

    @TempDir
    static Path dataDir;

    private record Said(int code, String text) {}

    @Test
    void whatASuperuserChangesIsNamedWhetherTheNodeRunsOrNot() throws Exception {
        Path receipt = dataDir.resolve("receipt.json");
        Path kept = dataDir.resolve("kept.ndjson");
        try (Shop shop = Shop.open(dataDir, Map.of())) {
            String token = shop.token("customer1");
            String placed = shop.place(
                            token, "one", Shop.order(shop.freshProduct()).encode())
                    .body();
            String told = shop.get(token, "/v1/orders/" + new JsonObject(placed).getString("id") + "/receipt")
                    .body();
            Files.writeString(receipt, told);
            Files.writeString(kept, new JsonObject(told).getJsonObject("head").encode() + "\n");

            Said sound = verify("--head", kept.toString());
            assertThat(sound.text()).contains("the ledger is sound", "held against 1 kept heads");
            assertThat(sound.code()).isEqualTo(ExitCode.OK);
            assertThat(verify().text()).contains("no kept head was given");
            Said holds = run("ledger", "receipt", receipt.toString(), "--head", kept.toString());
            assertThat(holds.text()).contains("the receipt holds").doesNotContain("WRONG");
            assertThat(holds.code()).isEqualTo(ExitCode.OK);
            Files.writeString(receipt, told.replace("order.place", "order.p1ace"));
            Said changed = run("ledger", "receipt", receipt.toString());
            assertThat(changed.text()).contains("WRONG  leaf ", "does not lead to its entry", "does NOT hold");
            assertThat(changed.code()).isEqualTo(ExitCode.FAILED);

            tamper("update ledger.leaf set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where n = 0");
            Said wrong = verify();
            assertThat(wrong.text()).contains("WRONG  leaf 0 of shard ", "LEAF_ALTERED", "NOT as it was signed");
            assertThat(wrong.code()).isEqualTo(ExitCode.FAILED);
        }
        Said reopened = run("ledger", "reopen", "--data-dir", dataDir.toString());
        assertThat(reopened.text()).contains("goes on as");
        assertThat(reopened.code()).isEqualTo(ExitCode.OK);
        Said afterwards = verify("--head", kept.toString());
        assertThat(afterwards.text()).contains("WRONG  leaf 0 of shard ", "LEAF_ALTERED");
        assertThat(afterwards.code()).isEqualTo(ExitCode.FAILED);
    }

    private static void tamper(String statement) throws Exception {
        try (Connection connection = DataServer.of(dataDir).connect();
                Statement superuser = connection.createStatement()) {
            superuser.execute("set session_replication_role = replica");
            assertThat(superuser.executeUpdate(statement)).isPositive();
        }
    }

    private static Said verify(String... more) {
        String[] line = new String[4 + more.length];
        System.arraycopy(new String[] {"ledger", "verify", "--data-dir", dataDir.toString()}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return run(line);
    }

    private static Said run(String... line) {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        try {
            return new Said(SluiceCommand.execute(line), said.toString(UTF_8));
        } finally {
            System.setOut(out);
        }
    }
}
