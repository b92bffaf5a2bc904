package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Display;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The law's words about answers that are displays: {@code shows}, which fields, and {@code shown_to}, whom (clause B7). */
final class DisplayRules {

    private static final String SHOWN_TO = "shown_to";
    private static final String SHOWS = "shows";

    private final Catalogue catalogue;
    private final Map<Role, RoleRule> roles;

    /** @param roles what each role may see: a display can show no more */
    DisplayRules(Catalogue catalogue, Map<Role, RoleRule> roles) {
        this.catalogue = catalogue;
        this.roles = roles;
    }

    /**
     * What an answer says of whom it is shown to; empty if it is no display.
     *
     * @param opens what it says to give in full
     * @param shows what it says to show
     */
    Optional<Display> read(YamlSection answer, @Nullable Purpose purpose, FieldSet opens, FieldSet shows) {
        Set<Role> shownTo = Set.copyOf(answer.list(SHOWN_TO, Role::of, "a role"));
        if (!answer.has(SHOWS) && !answer.has(SHOWN_TO)) {
            return Optional.empty();
        }
        if (shownTo.isEmpty()) {
            answer.problem(SHOWN_TO, "names nobody to whom it is shown");
        }
        if (shows.isEmpty()) {
            answer.problem(SHOWS, "names nothing that is shown");
        }
        if (!opens.isEmpty()) {
            answer.problem("opens", "and shows: an answer is given in full or masked");
        }
        fourEyes(answer, shows);
        shownTo.forEach(role -> seen(answer, purpose, role, shows));
        return Optional.of(new Display(shownTo));
    }

    /** What takes two pairs of eyes ({@code masked_four_eyes}) has no place where one looks. */
    private void fourEyes(YamlSection answer, FieldSet shows) {
        for (Field<?> field : catalogue.fields(shows)) {
            if (field.level() == Level.P3) {
                answer.problem(SHOWS, "names " + field.name() + " of level P3, which takes four eyes");
            }
        }
    }

    private void seen(YamlSection answer, @Nullable Purpose purpose, Role role, FieldSet shows) {
        RoleRule rule = roles.get(role);
        if (rule == null) {
            return;
        }
        if (purpose != null && !rule.purposes().contains(purpose)) {
            answer.problem(SHOWN_TO, "names " + role.id() + ", who does not work for " + purpose.id());
        }
        List<String> unseen = catalogue.names(shows.without(rule.masked().or(rule.plain())));
        if (!unseen.isEmpty()) {
            answer.problem(SHOWN_TO, "names " + role.id() + ", who does not see " + unseen);
        }
    }
}
