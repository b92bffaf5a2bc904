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

    private final Book book;
    private final Callbacks callbacks;
    private final Trade trade;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final List<JsonObject> untold;
    private final List<JsonObject> parked;
    private boolean isOpen = true;

    private Chronicle(
            Book book,
            Callbacks callbacks,
            Trade trade,
            InstantSource clock,
            Supplier<UUID> ids,
            List<JsonObject> untold,
            List<JsonObject> parked) {
        this.book = book;
        this.callbacks = callbacks;
        this.trade = trade;
        this.clock = clock;
        this.ids = ids;
        this.untold = untold;
        this.parked = parked;
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
        List<JsonObject> untold = new ArrayList<>();
        List<JsonObject> parked = new ArrayList<>();
        return Book.open(
                        vertx,
                        directory.resolve(name + "-callbacks.ndjson"),
                        Book.Promises.WRITTEN,
                        line -> states.put(line.getString("event"), line.getString("state")))
                .compose(journal -> Book.open(
                                vertx, directory.resolve(name + ".ndjson"), Book.Promises.ON_DISK, line -> {
                                    trade.recall(line);
                                    String state = states.get(line.getString("event"));
                                    if (state == null) {
                                        untold.add(line);
                                    } else if (state.equals("parked")) {
                                        parked.add(line);
                                    }
                                })
                        .map(book -> {
                            Callbacks callbacks =
                                    new Callbacks(vertx, secret, trade.callbackPath(), clock, settings, journal);
                            return new Chronicle(book, callbacks, trade, clock, ids, untold, parked);
                        })
                        .recover(failed -> journal.close().transform(closed -> Future.failedFuture(failed))));
    }

    /** Writes an effect down; completes when it is on disk. The shop is told after that. */
    Future<Void> record(JsonObject effect) {
        JsonObject line = effect.put("at", clock.instant().toString()).put("event", Callback.newId(ids.get()));
        return book.append(line).onSuccess(written -> trade.callback(line).ifPresent(callbacks::tell));
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
        parked.forEach(line -> trade.callback(line).ifPresent(callbacks::stillParked));
        untold.forEach(line -> trade.callback(line).ifPresent(callbacks::tell));
        parked.clear();
        untold.clear();
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
