package io.sluice.storage;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to the present form: each room's migrations, in a history of the room's own. Blocks. */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int CONNECT_RETRIES = 30;

    private Migrations() {}

    /** @param rooms whose migrations lie in {@code db/<room>} on the class path and who own the schema of that name */
    public static void run(DatabaseSettings settings, List<String> rooms) {
        for (String room : rooms) {
            MigrateResult result = Flyway.configure()
                    .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                    .connectRetries(CONNECT_RETRIES)
                    .connectRetriesInterval(1)
                    .locations("classpath:db/" + room)
                    .failOnMissingLocations(true)
                    .schemas(room)
                    .createSchemas(true)
                    .load()
                    .migrate();
            LOG.info(
                    "migrated room={} migrations={} version={}",
                    room,
                    result.migrationsExecuted,
                    result.targetSchemaVersion);
        }
    }
}
