package io.sluice.gateway.person;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.http.Routes;
import io.sluice.kernel.Policy;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.function.Supplier;

/** {@code /v1/policy}: the law in force, for everybody to read. */
public final class PolicyRoutes implements Routes {

    private final Supplier<Policy> law;
    private final String text;

    /** @param text the law as it is written */
    public PolicyRoutes(Supplier<Policy> law, String text) {
        this.law = law;
        this.text = text;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/policy").handler(http -> Answers.json(http, 200, this::write));
        router.get("/v1/policy/versions")
                .handler(http -> Answers.json(http, 200, json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("items");
                    write(json);
                    json.writeEndArray();
                    json.writeNullField("next");
                    json.writeEndObject();
                }));
        router.get("/v1/policy/versions/:version").handler(this::version);
    }

    private void version(RoutingContext http) {
        if (law.get().version().equals(http.pathParam("version"))) {
            Answers.json(http, 200, this::write);
        } else {
            Answers.problem(http, Problems.of(RequestRefusal.NO_SUCH_RESOURCE));
        }
    }

    private void write(JsonGenerator json) throws IOException {
        Policy policy = law.get();
        json.writeStartObject();
        json.writeStringField("version", policy.version());
        json.writeStringField("announced_at", policy.announcedAt().toString());
        json.writeStringField("effective_at", policy.effectiveAt().toString());
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
