package io.sluice.app.demo;

import io.sluice.app.demo.DemoLine.End;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches accepted orders, page by page of each customer's list, and does what is to be done on the way to their ends. */
final class DemoSettling {

    private final Vertx vertx;
    private final ShopClient shop;
    private final Map<Integer, String> tokens;
    private final Supplier<String> supportToken;
    private final DemoResult result;
    private final Consumer<String> progress;
    private final Duration poll;
    private final Duration noProgress;
    private final Set<String> actedOn = new HashSet<>();
    private final Map<String, End> last = new HashMap<>();
    private long lastProgress = System.nanoTime();

    DemoSettling(
            Vertx vertx,
            ShopClient shop,
            Map<Integer, String> tokens,
            Supplier<String> supportToken,
            DemoResult result,
            Consumer<String> progress,
            Duration poll,
            Duration noProgress) {
        this.vertx = vertx;
        this.shop = shop;
        this.tokens = tokens;
        this.supportToken = supportToken;
        this.result = result;
        this.progress = progress;
        this.poll = poll;
        this.noProgress = noProgress;
    }

    /** Completes when every open order has ended, rightly or not; open is emptied on the way. */
    Future<?> until(Map<String, DemoLine> open) {
        if (open.isEmpty()) {
            result.settled();
            return Future.succeededFuture();
        }
        if (System.nanoTime() - lastProgress > noProgress.toNanos()) {
            open.forEach((id, line) -> {
                result.ended(last.getOrDefault(id, new End("not seen", "-", "-")));
                result.wrong(line.number(), "expected " + line.expectedEnd() + ", stayed at " + last.get(id));
            });
            result.settled();
            return Future.succeededFuture();
        }
        int before = open.size();
        List<Integer> customers =
                open.values().stream().map(DemoLine::customer).distinct().toList();
        return Demo.inTurn(customers, 8, customer -> look(customer, open, null))
                .compose(looked -> {
                    if (open.size() < before) {
                        lastProgress = System.nanoTime();
                        progress.accept(open.size() + " orders not yet at their ends");
                    }
                    return vertx.timer(poll.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
                })
                .compose(waited -> until(open));
    }

    private Future<?> look(int customer, Map<String, DemoLine> open, @Nullable String cursor) {
        String page = "/v1/orders?limit=100" + (cursor == null ? "" : "&cursor=" + cursor);
        return shop.get(page, tokens.get(customer)).compose(response -> {
            if (response.statusCode() != 200) {
                return Future.failedFuture("listing orders was answered " + response.bodyAsString());
            }
            JsonObject list = ShopClient.json(response);
            List<Future<?>> acts = list.getJsonArray("items").stream()
                    .<Future<?>>map(item -> see((JsonObject) item, open))
                    .toList();
            String next = list.getString("next");
            return Future.all(acts)
                    .compose(acted -> next == null ? Future.succeededFuture() : look(customer, open, next));
        });
    }

    private Future<?> see(JsonObject order, Map<String, DemoLine> open) {
        String id = order.getString("id");
        DemoLine line = open.get(id);
        if (line == null || line.expectedEnd() == null) {
            return Future.succeededFuture();
        }
        End now = End.of(order);
        if (!now.equals(last.put(id, now))) {
            lastProgress = System.nanoTime();
        }
        boolean mustAct = line.refund() != null && !actedOn.contains(id);
        if (now.equals(line.expectedEnd()) && !mustAct) {
            result.ended(now);
            open.remove(id);
            return Future.succeededFuture();
        }
        return act(order, id, line);
    }

    private Future<?> act(JsonObject order, String id, DemoLine line) {
        JsonObject nextAction = order.getJsonObject("next_action");
        if (line.completesChallenge() && nextAction != null && actedOn.add(id)) {
            return shop.passChallenge(nextAction.getString("url"))
                    .onSuccess(response -> mustBeTaken(response, line, "passing the bank's check"));
        }
        boolean isCaptured = "captured".equals(order.getString("payment_status"));
        if (line.refund() instanceof JsonObject refund && isCaptured && actedOn.add(id)) {
            return shop.refund(supportToken.get(), id, "demo-" + line.number(), refund)
                    .onSuccess(response -> mustBeTaken(response, line, "refunding"));
        }
        return Future.succeededFuture();
    }

    private void mustBeTaken(HttpResponse<Buffer> response, DemoLine line, String doing) {
        if (response.statusCode() / 100 != 2) {
            result.wrong(line.number(), doing + " was answered " + response.bodyAsString());
        }
    }
}
