package io.sluice.app.canary;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One canary for each personal field of a catalogue, and any number of strays: values that must not be taken in. */
final class Canaries {

    /** No two letters that read alike, no hexadecimal word, and mixed case, so that a change of case shows. */
    private static final String LETTERS = "ghjkmnpqrstvwxyzGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 16;

    /** What a hash of a password begins with (PHC string format); whose it is only its salt tells. */
    static final String PASSWORD_HASH = "$argon2id$v=19$";

    // two letters cannot be told from noise, so they are looked for with their name; nobody else here lives so far
    // south
    private static final Map<String, String> COUNTRIES = Map.of("delivery.country", "BV", "account.country", "HM");

    /** How a token becomes a value that the field's format allows. What is not here has no canary. */
    private static final Map<String, Function<String, Canary>> FIELDS = fields();

    private final Map<String, Canary> all = new TreeMap<>();
    private final Set<String> planted = new TreeSet<>();
    private final RandomGenerator random;

    /** Throws if the catalogue has a personal field for which nobody has thought of a canary. */
    Canaries(Catalogue catalogue, RandomGenerator random) {
        this.random = random;
        for (Field<?> field : catalogue.fields()) {
            if (field.isPersonal()) {
                Function<String, Canary> form = FIELDS.get(field.name());
                if (form == null) {
                    throw new IllegalStateException("a personal field without a canary: " + field);
                }
                all.put(field.name(), form.apply(token()));
            }
        }
    }

    private static Map<String, Function<String, Canary>> fields() {
        Map<String, Function<String, Canary>> fields = new TreeMap<>();
        for (String name : List.of("account.name", "delivery.name", "recipient.name")) {
            fields.put(name, token -> Canary.of(name, "Zoë " + token + " O'Neil-Łukasz", token));
        }
        for (String name : List.of("delivery.line1", "delivery.line2", "delivery.city", "delivery.region")) {
            fields.put(name, token -> Canary.of(name, "Straße \"" + token + "\" 4/b", token));
        }
        fields.put("delivery.postcode", token -> Canary.of("delivery.postcode", token, token));
        for (String name : List.of("account.email", "contact.email", "recipient.email")) {
            fields.put(name, token -> Canary.of(name, token + "@mail.example.org", token));
        }
        COUNTRIES.forEach((name, code) -> fields.put(
                name,
                token -> Canary.of(
                        name,
                        code,
                        "country\":\"" + code,
                        "country\": \"" + code,
                        "country\" : \"" + code,
                        "country=" + code)));
        fields.put("account.locale", token -> {
            String subtags = token.substring(0, 8) + "-" + token.substring(8);
            return Canary.of("account.locale", "en-x-" + subtags, subtags);
        });
        fields.put("delivery.phone", token -> {
            String digits = digits(token, 13);
            return Canary.of("delivery.phone", "+9" + digits, digits);
        });
        fields.put("payment.method", token -> Canary.of("payment.method", "pm_" + token, token));
        fields.put("account.credential", token -> Canary.of("account.credential", "", PASSWORD_HASH));
        return Map.copyOf(fields);
    }

    private static String digits(String token, int many) {
        StringBuilder digits = new StringBuilder(many);
        for (int i = 0; i < many; i++) {
            digits.append(token.charAt(i) * 7 % 10);
        }
        return digits.toString();
    }

    private String token() {
        StringBuilder token = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, LETTERS.length()).forEach(at -> token.append(LETTERS.charAt(at)));
        return token.toString();
    }

    /** The canary of a catalogued field, to be sent now. */
    String of(Field<?> field) {
        planted.add(field.name());
        return found(field.name()).planted();
    }

    /** A value of no catalogued field, to be sent now; the same each time for the same name. */
    String stray(String name) {
        return stray(name, token -> Canary.of("~" + name, token, token));
    }

    /** A card number of somebody's: 16 digits, Luhn-valid. */
    String card(String name) {
        return stray(name, token -> {
            String number = withCheckDigit("4" + digits(token, 14));
            return Canary.of("~" + name, number, number);
        });
    }

    private String stray(String name, Function<String, Canary> form) {
        planted.add("~" + name);
        return all.computeIfAbsent("~" + name, absent -> form.apply(token())).planted();
    }

    private static String withCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 1 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        return digits + (10 - sum % 10) % 10;
    }

    private Canary found(String name) {
        Canary canary = all.get(name);
        if (canary == null) {
            throw new IllegalArgumentException("no canary for " + name);
        }
        return canary;
    }

    Collection<Canary> all() {
        return List.copyOf(all.values());
    }

    /** Which of them nobody has sent; a hash of a password comes to be by itself. */
    List<String> idle() {
        return all.values().stream()
                .filter(canary -> !canary.planted().isEmpty() && !planted.contains(canary.name()))
                .map(Canary::name)
                .toList();
    }
}
