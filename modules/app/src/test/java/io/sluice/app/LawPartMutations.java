package io.sluice.app;

import io.sluice.app.LawDraft.Draft;
import io.sluice.app.LawDraft.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every way to break the law's words about deadlines, retention and erasure. */
final class LawPartMutations {

    private LawPartMutations() {}

    static List<Mutation> of(Draft law) {
        List<Mutation> mutations = new ArrayList<>();
        for (String part : List.of("clocks", "erasure", "retention")) {
            mutations.add(new Mutation(
                    part + " is not there", draft -> draft.root().remove(part), List.of(part + " is missing")));
        }
        law.at("clocks").keySet().forEach(place -> clocks(mutations, law, place));
        law.at("retention").keySet().forEach(name -> retention(mutations, name));
        Draft.list(law.at("erasure"), "steps").forEach(step -> step(mutations, step));
        law.at("erasure", "holds").keySet().forEach(reason -> hold(mutations, law, reason));
        return mutations;
    }

    private static void clocks(List<Mutation> mutations, Draft law, String place) {
        String at = "clocks › " + place;
        if (place.equals("elsewhere")) {
            mutations.add(new Mutation(
                    "nothing holds elsewhere", draft -> draft.at("clocks").remove(place), List.of("lacks elsewhere")));
        } else {
            mutations.add(new Mutation(
                    place + " is nowhere",
                    draft -> draft.at("clocks", place).remove("countries"),
                    List.of(at + " names no country")));
            mutations.add(new Mutation(
                    place + " knows no end of the day",
                    draft -> draft.at("clocks", place).remove("zones"),
                    List.of(at + " names no time zone")));
            mutations.add(new Mutation(
                    place + " lies beyond the world",
                    draft -> draft.at("clocks", place).put("zones", List.of("Europe/Atlantis")),
                    List.of(at + " › zones should be a time zone")));
            mutations.add(new Mutation(
                    place + " is where another is",
                    draft -> {
                        List<String> same = new ArrayList<>(Draft.list(draft.at("clocks", place), "countries"));
                        draft.at("clocks").put("twin", Map.of("countries", same));
                    },
                    List.of("names already")));
        }
        law.at("clocks", place).keySet().stream()
                .filter(right -> !right.equals("countries") && !right.equals("zones"))
                .forEach(right -> clock(mutations, law, place, right));
    }

    private static void clock(List<Mutation> mutations, Draft law, String place, String right) {
        String at = "clocks › " + place + " › " + right;
        mutations.add(new Mutation(
                at + " is not there", draft -> draft.at("clocks", place).remove(right), List.of(at + " is missing")));
        for (String word : law.at("clocks", place, right).keySet()) {
            if (!word.equals("extension")) {
                mutations.add(new Mutation(
                        at + " does not say " + word,
                        draft -> draft.at("clocks", place, right).remove(word),
                        List.of(at + " › " + word + " is missing")));
            }
        }
        flag(mutations, place, right, "pauses_for_identity");
        flag(mutations, place, right, "moves_to_working_day");
        mutations.add(new Mutation(
                at + " counts in moons",
                draft -> draft.at("clocks", place, right, "within").put("unit", "moons"),
                List.of(at + " › within › unit should be calendar_months, calendar_days or business_days")));
        mutations.add(new Mutation(
                at + " has no amount",
                draft -> draft.at("clocks", place, right, "within").put("amount", "0"),
                List.of(at + " › within › amount should be a number from 1 to 366")));
        mutations.add(new Mutation(
                at + " begins at some time",
                draft -> draft.at("clocks", place, right).put("from", "soon"),
                List.of(at + " › from should be request_received or identity_confirmed")));
    }

    private static void flag(List<Mutation> mutations, String place, String right, String flag) {
        String at = "clocks › " + place + " › " + right;
        mutations.add(new Mutation(
                at + " leaves open " + flag,
                draft -> draft.at("clocks", place, right).put(flag, "perhaps"),
                List.of(at + " › " + flag + " should be true or false")));
    }

    private static void retention(List<Mutation> mutations, String name) {
        mutations.add(new Mutation(
                "nobody needs " + name,
                draft -> draft.at("fields")
                        .keySet()
                        .forEach(field -> draft.at("fields", field).remove("retention", name)),
                List.of("retention › " + name + " is the retention of no field", "is personal and has no retention")));
        mutations.add(new Mutation(
                name + " counts from nothing",
                draft -> draft.at("retention", name).put("from", "birth"),
                List.of("retention › " + name + " › from should be one of")));
    }

    private static void step(List<Mutation> mutations, String step) {
        mutations.add(new Mutation(
                "nobody does " + step,
                draft -> Draft.without(draft.at("erasure"), "steps", step),
                List.of("erasure › steps lacks " + step)));
        if (!step.equals("end_sessions") && !step.equals("close_account")) {
            mutations.add(new Mutation(
                    step + " comes at the wrong time",
                    draft -> {
                        Draft.without(draft.at("erasure"), "steps", step);
                        List<String> others = new ArrayList<>(Draft.list(draft.at("erasure"), "steps"));
                        others.add(step.equals("shred") || step.equals("settle_orders") ? 0 : others.size(), step);
                        draft.at("erasure").put("steps", others);
                    },
                    List.of("erasure › steps has", step)));
        }
    }

    private static void hold(List<Mutation> mutations, Draft law, String reason) {
        String at = "erasure › holds › " + reason;
        for (String word : List.of("why", "source", "from", "keep")) {
            mutations.add(new Mutation(
                    at + " does not say " + word,
                    draft -> draft.at("erasure", "holds", reason).remove(word),
                    List.of(at + " › " + word + " is missing")));
        }
        mutations.add(new Mutation(
                at + " keeps nothing",
                draft -> draft.at("erasure", "holds", reason).remove("fields"),
                List.of(at + " keeps no field")));
        for (String field : Draft.list(law.at("erasure", "holds", reason), "fields")) {
            mutations.add(new Mutation(
                    at + " keeps a field that nobody catalogued instead of " + field,
                    draft -> {
                        Draft.without(draft.at("erasure", "holds", reason), "fields", field);
                        Draft.with(draft.at("erasure", "holds", reason), "fields", "no.such");
                    },
                    List.of(at + " › fields should be a field that the code knows")));
        }
        mutations.add(new Mutation(
                at + " keeps what is nobody's",
                draft -> Draft.with(draft.at("erasure", "holds", reason), "fields", "order.id"),
                List.of(at + " › fields names order.id, which is nobody's and never erased")));
        mutations.add(new Mutation(
                at + " has no end",
                draft -> draft.at("erasure", "holds", reason).put("keep", "for ever"),
                List.of(at + " › keep should be a period", "nothing is held without end")));
    }
}
