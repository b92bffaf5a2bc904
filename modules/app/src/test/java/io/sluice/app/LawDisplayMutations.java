package io.sluice.app;

import io.sluice.app.LawDraft.Draft;
import io.sluice.app.LawDraft.Mutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every way to break the law's words about answers that are displays to staff. */
final class LawDisplayMutations {

    private LawDisplayMutations() {}

    static List<Mutation> of(Draft law) {
        List<Mutation> mutations = new ArrayList<>();
        for (String address : law.at("contracts").keySet()) {
            Map<String, Object> reply = law.contract(address).containsKey("reply") ? law.side(address, true) : Map.of();
            if (reply.containsKey("shows")) {
                whole(mutations, address);
                Draft.list(reply, "shows").forEach(field -> field(mutations, law, address, field));
                Draft.list(reply, "shown_to").forEach(role -> role(mutations, law, address, role));
            } else {
                becomes(mutations, law, address, reply);
            }
        }
        return mutations;
    }

    private static void whole(List<Mutation> mutations, String address) {
        String at = "contracts › " + address + " › reply › ";
        mutations.add(new Mutation(
                address + " gives in full what it shows",
                draft -> {
                    Map<String, Object> reply = draft.side(address, true);
                    reply.put("opens", reply.remove("shows"));
                    reply.remove("shown_to");
                },
                List.of(address + ": is a display, and its contract gives the answer in full")));
        mutations.add(new Mutation(
                address + " shows nothing",
                draft -> draft.side(address, true).remove("shows"),
                List.of(at + "shows names nothing that is shown")));
        mutations.add(new Mutation(
                address + " is shown to nobody",
                draft -> draft.side(address, true).remove("shown_to"),
                List.of(at + "shown_to names nobody to whom it is shown")));
        mutations.add(new Mutation(
                address + " is shown to somebody of whom nobody knows",
                draft -> Draft.with(draft.side(address, true), "shown_to", "janitor"),
                List.of(at + "shown_to should be a role")));
        mutations.add(new Mutation(
                address + " is shown to somebody with another work",
                draft -> Draft.with(draft.side(address, true), "shown_to", "auditor"),
                List.of(at + "shown_to names auditor, who does not work for", "auditor, who does not see")));
        mutations.add(new Mutation(
                address + " shows a field that nobody catalogued",
                draft -> Draft.with(draft.side(address, true), "shows", "no.such"),
                List.of(at + "shows should be a field that the code knows")));
        mutations.add(new Mutation(
                address + " shows how it is paid",
                draft -> Draft.with(draft.side(address, true), "shows", "payment.method"),
                List.of(at + "shows names payment.method of level P3, which takes four eyes")));
        mutations.add(new Mutation(
                address + " shows its handler something",
                draft -> draft.contract(address).put("shows", List.of("delivery.city")),
                List.of("contracts › " + address + " › shows is not known")));
    }

    private static void field(List<Mutation> mutations, Draft law, String address, String field) {
        mutations.add(new Mutation(
                address + " no longer shows " + field,
                draft -> Draft.without(draft.side(address, true), "shows", field),
                List.of(address + ": opens in its answer", field, "which its contract does not allow")));
        mutations.add(new Mutation(
                address + " gives " + field + " in full",
                draft -> {
                    Draft.without(draft.side(address, true), "shows", field);
                    Draft.with(draft.side(address, true), "opens", field);
                },
                List.of("reply › opens and shows: an answer is given in full or masked")));
        mutations.add(new Mutation(
                address + " reads " + field + " in its answer",
                draft -> {
                    Draft.without(draft.side(address, true), "shows", field);
                    Draft.with(draft.side(address, true), "reads", field);
                },
                List.of(address + ": reads [" + field + "] in clear")));
        for (String role : Draft.list(law.side(address, true), "shown_to")) {
            mutations.add(new Mutation(
                    role + " does not see " + field,
                    draft -> Draft.without(draft.at("roles", role), "sees_masked", field),
                    List.of("shown_to names " + role + ", who does not see [" + field + "]")));
        }
        if (law.at("fields", field).containsKey("mask")) {
            mutations.add(new Mutation(
                    field + " has no mask",
                    draft -> draft.at("fields", field).remove("mask"),
                    List.of("fields › " + field + " is of level", "and has no mask")));
            mutations.add(new Mutation(
                    field + " has a mask of which nobody knows",
                    draft -> draft.at("fields", field).put("mask", "domino"),
                    List.of("fields › " + field + " › mask should be hidden, initials, last4 or mailbox")));
        }
    }

    private static void role(List<Mutation> mutations, Draft law, String address, String role) {
        String purpose = String.valueOf(law.contract(address).get("purpose"));
        mutations.add(new Mutation(
                address + " is no longer shown to " + role,
                draft -> Draft.without(draft.side(address, true), "shown_to", role),
                List.of(address + ": is shown to [" + role + "], which its contract does not allow")));
        mutations.add(new Mutation(
                role + " does not work for " + purpose,
                draft -> Draft.without(draft.at("roles", role), "purposes", purpose),
                List.of("shown_to names " + role + ", who does not work for " + purpose)));
    }

    private static void worksFor(Map<String, Object> role, String purpose) {
        if (!String.valueOf(role.get("purposes")).contains(purpose)) {
            Draft.with(role, "purposes", purpose);
        }
    }

    /** What others take in full, and what opens nothing, is no display. */
    private static void becomes(List<Mutation> mutations, Draft law, String address, Map<String, Object> reply) {
        if (reply.get("opens") instanceof List<?> opened) {
            // what takes two pairs of eyes has no place where one looks; the rest could be shown, but its asker takes
            // it in full
            boolean takesTwo = opened.stream()
                    .anyMatch(field ->
                            "P3".equals(law.at("fields", String.valueOf(field)).get("level")));
            mutations.add(new Mutation(
                    address + " shows what it gives in full",
                    draft -> {
                        Map<String, Object> side = draft.side(address, true);
                        side.put("shows", side.remove("opens"));
                        side.put("shown_to", List.of("privacy_officer"));
                        worksFor(
                                draft.at("roles", "privacy_officer"),
                                String.valueOf(draft.contract(address).get("purpose")));
                    },
                    List.of(
                            takesTwo
                                    ? "contracts › " + address + " › reply › shows"
                                    : address + ": takes its answer in full, and its contract shows it masked")));
        }
        mutations.add(new Mutation(
                address + " is shown, and shows nothing",
                draft -> {
                    draft.contract(address).putIfAbsent("reply", new LinkedHashMap<String, Object>());
                    draft.side(address, true).put("shown_to", List.of("support"));
                },
                List.of("contracts › " + address + " › reply › shows names nothing that is shown")));
    }
}
