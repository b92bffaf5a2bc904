package io.sluice.gateway.management;

import io.sluice.guard.Minimisation.Grant;
import io.sluice.guard.Minimisation.Report;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What this node's handlers do with what the law grants them, as JSON: names of contracts and fields, and counts. */
final class MinimisationPage {

    private MinimisationPage() {}

    static String of(Report report) {
        return new JsonObject()
                .put("policy_version", report.policyVersion())
                .put("since", report.since().toString())
                .put("unused_grants", grants(report.unused()))
                .put("grants", grants(report.grants()))
                .encode();
    }

    private static JsonArray grants(List<Grant> grants) {
        JsonArray all = new JsonArray();
        grants.forEach(grant -> all.add(new JsonObject()
                .put("contract", grant.contract())
                .put("direction", grant.isReply() ? "reply" : "request")
                .put("field", grant.field().name())
                .put("granted", grant.way().name().toLowerCase(Locale.ROOT))
                .put("deliveries", grant.deliveries())
                .put("present", grant.present())
                .put("delivered", grant.delivered())
                .put("read", grant.read())));
        return all;
    }
}
