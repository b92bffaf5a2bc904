package io.sluice.stewardship.restore;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Reads what has been taken away so far. It is written with the changes themselves. */
public final class Restrictions {

    private final Database database;

    public Restrictions(Database database) {
        this.database = database;
    }

    /** Those with a higher number, in their order. None comes later with a number below one that was given. */
    public Future<List<Restriction>> after(long number, int limit) {
        return database.query("""
                        select number, at, data from stewardship.restriction
                        where number > $1 order by number limit $2""", Tuple.of(number, limit)).map(rows -> {
            List<Restriction> found = new ArrayList<>(rows.size());
            for (Row row : rows) {
                found.add(
                        new Restriction(row.getLong(0), row.getOffsetDateTime(1).toInstant(), row.getString(2)));
            }
            return found;
        });
    }

    /** How many there have been. */
    public Future<Long> count() {
        return database.query("select restrictions from stewardship.restriction_count", Tuple.tuple())
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
