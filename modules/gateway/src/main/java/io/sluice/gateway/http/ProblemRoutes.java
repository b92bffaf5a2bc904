package io.sluice.gateway.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Explains each problem type at its own address. */
public final class ProblemRoutes implements Routes {

    @Override
    public void mount(Router router) {
        router.get("/problems/:code").handler(this::explain);
    }

    private void explain(RoutingContext http) {
        String code = String.valueOf(http.pathParam("code"));
        Problems.explained(code)
                .ifPresentOrElse(
                        line -> Answers.json(http, 200, json -> {
                            json.writeStartObject();
                            json.writeStringField("type", "/problems/" + code);
                            json.writeStringField("title", line.title());
                            json.writeNumberField("status", line.status());
                            json.writeStringField("what_to_do", line.detail());
                            json.writeEndObject();
                        }),
                        () -> Answers.problem(http, Problems.of(RequestRefusal.NO_SUCH_RESOURCE)));
    }
}
