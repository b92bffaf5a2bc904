package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** What an answer that says no must look like. */
record ProblemAnswer(int status, String code, List<String> pointers) {

    ProblemAnswer {
        pointers = List.copyOf(pointers);
    }

    static ProblemAnswer of(int status, String code, String... pointers) {
        return new ProblemAnswer(status, code, List.of(pointers));
    }

    void isSaidBy(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getString("type")).as(answer.body()).isEqualTo("/problems/" + code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        List<String> said = problem.getJsonArray("errors", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(at -> at.getString("pointer"))
                .toList();
        assertThat(said).as(answer.body()).containsExactlyInAnyOrderElementsOf(pointers);
    }
}
