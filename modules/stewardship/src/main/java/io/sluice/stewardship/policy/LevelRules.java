package io.sluice.stewardship.policy;

import io.sluice.kernel.Level;

/** The law's words about levels. The code has no choice in them: a law that says otherwise is no law for it. */
final class LevelRules {

    private LevelRules() {}

    static void check(YamlSection levels) {
        for (Level level : Level.values()) {
            YamlSection entry = levels.section(level.name());
            String atRest = level.isPersonal() ? "sealed" : "clear";
            keepTo(entry, "at_rest", atRest);
            keepTo(entry, "on_the_wire", atRest);
            keepTo(entry, "shown_to_staff", shown(level));
            entry.nothingElse();
        }
        levels.nothingElse();
    }

    private static String shown(Level level) {
        return switch (level) {
            case P0, P1 -> "as_is";
            case P2 -> "masked";
            case P3 -> "masked_four_eyes";
        };
    }

    private static void keepTo(YamlSection entry, String key, String word) {
        String said = entry.text(key);
        if (said != null && !said.equals(word)) {
            entry.problem(key, "is " + said + ", the code keeps to " + word);
        }
    }
}
