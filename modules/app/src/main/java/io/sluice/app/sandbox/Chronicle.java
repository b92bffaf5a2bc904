package io.sluice.app.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A partner's book and the callbacks that come of it: what is written there is told to the shop, sooner or later. */
final class Chronicle {

    private static final String TOLD = "told";

    private final Book book;
    private final Callbacks callbacks;
    private final Trade trade;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    /** What had become of each event when the books were opened, until all goes on. */
    private final Map<String, String> states;

    private final List<JsonObject> open;
    private boolean isOpen = true;

    private Chronicle(
            Book book,
            Callbacks callbacks,
            Trade trade,
            InstantSource clock,
            Supplier<UUID> ids,
            Map<String, String> states,
            List<JsonObject> open) {
        this.book = book;
        this.callbacks = callbacks;
        this.trade = trade;
        this.clock = clock;
        this.ids = ids;
        this.states = states;
        this.open = open;
    }

    /** Opens a partner's books, telling the trade every line. */
    static Future<Chronicle> open(
            Vertx vertx,
            String name,
            String secret,
            Trade trade,
            SandboxSettings settings,
            InstantSource clock,
            Supplier<UUID> ids) {
        Path directory = settings.directory();
        Map<String, String> states = new HashMap<>();
        List<JsonObject> open = new ArrayList<>();
        return Book.open(
                        vertx,
                        directory.resolve(name + "-callbacks.ndjson"),
                        Book.Promises.WRITTEN,
                        line -> states.put(line.getString("event"), line.getString("state")))
                .compose(journal -> Book.open(
                                vertx, directory.resolve(name + ".ndjson"), Book.Promises.ON_DISK, line -> {
                                    trade.recall(line);
                                    boolean isTold =
                                            Callback.ids(line).stream().allMatch(id -> TOLD.equals(states.get(id)));
                                    if (!isTold) {
                                        open.add(line);
                                    }
                                })
                        .map(book -> {
                            Callbacks callbacks =
                                    new Callbacks(vertx, secret, trade.callbackPath(), clock, settings, journal);
                            return new Chronicle(book, callbacks, trade, clock, ids, states, open);
                        })
                        .recover(failed -> journal.close().transform(closed -> Future.failedFuture(failed))));
    }

    /** Writes an effect down; completes when it is on disk. The shop is told after that. */
    Future<Void> record(JsonObject effect) {
        JsonObject line = effect.put("at", clock.instant().toString()).put("event", Callback.newId(ids.get()));
        return book.append(line).onSuccess(written -> trade.callbacks(line).forEach(callbacks::tell));
    }

    Instant now() {
        return clock.instant();
    }

    /** Completes when everything recorded so far is on disk: only then may it be spoken of. */
    Future<Void> settled() {
        return book.settled();
    }

    /** Goes on telling what had not been told. */
    void resume() {
        open.stream().flatMap(line -> trade.callbacks(line).stream()).forEach(callback -> {
            String state = states.get(callback.id());
            if (state == null) {
                callbacks.tell(callback);
            } else if (!state.equals(TOLD)) {
                callbacks.stillParked(callback);
            }
        });
        open.clear();
        states.clear();
    }

    void callBack(URI shop) {
        callbacks.callBack(shop);
    }

    JsonObject callbacks() {
        return callbacks.standing();
    }

    /** Sends the parked ones again. */
    JsonObject unpark() {
        callbacks.unpark();
        return callbacks.standing();
    }

    /** False once it is being closed: what would be recorded then waits for the next start. */
    boolean isOpen() {
        return isOpen;
    }

    Future<Void> close() {
        isOpen = false;
        return book.close().eventually(callbacks::close);
    }
}
