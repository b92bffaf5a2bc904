package io.sluice.gateway.ledger;

import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.http.Routes;
import io.sluice.ledger.log.Encoded;
import io.sluice.ledger.log.LogReads;
import io.sluice.ledger.log.SignedHead;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** {@code /v1/ledger}: for everybody who wants to see that the ledger only ever grows. */
public final class LedgerRoutes implements Routes {

    private final LogReads log;

    public LedgerRoutes(LogReads log) {
        this.log = log;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/ledger/heads").handler(http -> Answers.guarded(http, () -> heads(http)));
        router.get("/v1/ledger/heads/latest").handler(http -> Answers.guarded(http, () -> latest(http)));
        router.get("/v1/ledger/consistency").handler(http -> Answers.guarded(http, () -> consistency(http)));
        router.get("/v1/ledger/inclusion").handler(http -> Answers.guarded(http, () -> inclusion(http)));
    }

    private void heads(RoutingContext http) {
        int limit = (int) Parameters.limit(http);
        long before = Parameters.cursor(http) == null ? Long.MAX_VALUE : Parameters.number(http, "cursor");
        // one more than a page tells whether there is another
        told(http, log.heads(before, limit + 1), heads -> {
            List<SignedHead> page = heads.subList(0, Math.min(limit, heads.size()));
            Answers.json(http, 200, json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                for (SignedHead head : page) {
                    LedgerJson.head(json, head);
                }
                json.writeEndArray();
                json.writeStringField(
                        "next",
                        heads.size() > limit
                                ? Long.toString(page.getLast().head().size())
                                : null);
                json.writeEndObject();
            });
        });
    }

    private void latest(RoutingContext http) {
        found(http, log.latest(), head -> Answers.json(http, 200, json -> LedgerJson.head(json, head)));
    }

    private void consistency(RoutingContext http) {
        long from = Parameters.number(http, "from");
        long to = Parameters.number(http, "to");
        if (from < 1 || from > to) {
            throw Parameters.invalid("from", "must be a head's size, and not larger than to");
        }
        // between heads: other sizes are nobody's business
        Future<Optional<SignedHead>> both = log.head(from)
                .compose(earlier -> earlier.isEmpty() ? Future.succeededFuture(Optional.empty()) : log.head(to));
        found(
                http,
                both,
                head -> told(
                        http,
                        log.consistency(from, to),
                        proof -> Answers.json(http, 200, json -> {
                            json.writeStartObject();
                            json.writeNumberField("from", from);
                            json.writeNumberField("to", to);
                            LedgerJson.hashes(json, "proof", proof);
                            json.writeEndObject();
                        })));
    }

    private void inclusion(RoutingContext http) {
        UUID shard = Parameters.queryId(http, "shard");
        long n = Parameters.number(http, "n");
        Future<Optional<SignedHead>> head =
                http.request().getParam("size") == null ? log.latest() : log.head(Parameters.number(http, "size"));
        found(
                http,
                head,
                signed -> found(
                        http,
                        log.inclusion(shard, n, signed.head().size()),
                        inclusion -> Answers.json(http, 200, json -> {
                            json.writeStartObject();
                            json.writeStringField("leaf_hash", Encoded.text(inclusion.leafHash()));
                            LedgerJson.inclusion(json, inclusion);
                            json.writeFieldName("head");
                            LedgerJson.head(json, signed);
                            json.writeEndObject();
                        })));
    }

    private static <T> void told(RoutingContext http, Future<T> asked, Consumer<T> done) {
        asked.onSuccess(value -> Answers.guarded(http, () -> done.accept(value)))
                .onFailure(cause -> Answers.failed(http, cause));
    }

    private static <T> void found(RoutingContext http, Future<Optional<T>> asked, Consumer<T> done) {
        told(
                http,
                asked,
                value -> value.ifPresentOrElse(
                        done, () -> Answers.problem(http, Problems.of(RequestRefusal.NO_SUCH_RESOURCE))));
    }
}
