package io.sluice.gateway.person;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.http.Routes;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /v1/policy}: the law, in force, to come and superseded, for everybody to read (clause E1). */
public final class PolicyRoutes implements Routes {

    private final Supplier<String> inForce;
    private final Supplier<List<Version>> versions;

    /** @param text the version as it is written */
    public record Version(String name, Instant announcedAt, Instant effectiveAt, String text) {}

    /**
     * @param inForce name of the version in force
     * @param versions every version that ever was, the oldest first; new ones may come
     */
    public PolicyRoutes(Supplier<String> inForce, Supplier<List<Version>> versions) {
        this.inForce = inForce;
        this.versions = versions;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/policy").handler(http -> version(http, inForce.get()));
        router.get("/v1/policy/versions")
                .handler(http -> Answers.json(http, 200, json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("items");
                    for (Version version : versions.get().reversed()) {
                        write(json, version);
                    }
                    json.writeEndArray();
                    json.writeNullField("next");
                    json.writeEndObject();
                }));
        router.get("/v1/policy/versions/:version").handler(http -> version(http, http.pathParam("version")));
    }

    private void version(RoutingContext http, @Nullable String name) {
        versions.get().stream()
                .filter(version -> version.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        version -> Answers.json(http, 200, json -> write(json, version)),
                        () -> Answers.problem(http, Problems.of(RequestRefusal.NO_SUCH_RESOURCE)));
    }

    private static void write(JsonGenerator json, Version version) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", version.name());
        json.writeStringField("announced_at", version.announcedAt().toString());
        json.writeStringField("effective_at", version.effectiveAt().toString());
        json.writeStringField("text", version.text());
        json.writeEndObject();
    }
}
