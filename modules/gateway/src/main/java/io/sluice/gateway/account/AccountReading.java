package io.sluice.gateway.account;

import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.json.JsonReading;
import io.sluice.kernel.Purpose;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.PurposeWish;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the bodies of this room's requests. Throws {@link Refused} with everything that is wrong with one. */
final class AccountReading {

    // deep enough for the one nested object that there is
    private static final int MAX_DEPTH = 4;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_PASSWORD = 256;
    // ASVS 5, 6.2.1
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_NAME = 200;
    private static final int MAX_TAG = 35;
    private static final int MAX_TOKEN = 100;
    private static final int MAX_VERSION = 64;
    private static final int MAX_CONSENTS = 32;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private AccountReading() {}

    /** {@code {email, password, name, locale, country, consents: {purpose: granted}, policy_version}}. */
    static Newcomer newcomer(RoutingContext http) {
        JsonReading body = body(http);
        String email = body.text("email", MAX_EMAIL);
        Optional<EmailAddress> address = EmailAddress.parse(email);
        body.require("email", email, text -> address.isPresent(), "must be an e-mail address");
        String password = body.text("password", MAX_PASSWORD);
        body.require(
                "password", password, AccountReading::isLong, "must have at least " + MIN_PASSWORD + " characters");
        String name = body.text("name", MAX_NAME);
        String locale = body.text("locale", MAX_TAG);
        body.require("locale", locale, AccountReading::isLocale, "must be a language tag (BCP 47)");
        String country = body.text("country", 2);
        body.require("country", country, COUNTRIES::contains, "must be a country code (ISO 3166-1 alpha-2)");
        Map<String, Boolean> consents = body.flags("consents", MAX_CONSENTS);
        String policyVersion = body.text("policy_version", MAX_VERSION);
        body.end();
        return new Newcomer(
                address.orElseThrow(), password, name, locale, country, wishes(consents), policyVersion, "api");
    }

    private static boolean isLong(String password) {
        return password.codePointCount(0, password.length()) >= MIN_PASSWORD;
    }

    private static boolean isLocale(String tag) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(tag)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException notATag) {
            // the answer to whoever sent it: this is none
            return false;
        }
    }

    private static List<PurposeWish> wishes(Map<String, Boolean> consents) {
        List<Problem.At> unknown = new ArrayList<>();
        List<PurposeWish> wishes = new ArrayList<>();
        consents.forEach((purpose, granted) -> {
            if (Purpose.of(purpose).isEmpty()) {
                unknown.add(new Problem.At("/consents/" + escaped(purpose), "is not a purpose"));
            }
            wishes.add(new PurposeWish(purpose, granted));
        });
        if (!unknown.isEmpty()) {
            throw new Refused(Problems.of(AccountRefusal.PURPOSE_UNKNOWN.code(), unknown));
        }
        return wishes;
    }

    // RFC 6901, 3
    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }

    /** {@code {email, password}}: whatever they are, they are judged together and later. */
    static Credentials credentials(RoutingContext http) {
        JsonReading body = body(http);
        Credentials credentials = new Credentials(body.text("email", MAX_EMAIL), body.text("password", MAX_PASSWORD));
        body.end();
        return credentials;
    }

    /** An e-mail address and a password, as typed. */
    record Credentials(String email, String password) {
        @Override
        public String toString() {
            return "•••";
        }
    }

    /** {@code {refresh_token}}. */
    static String refreshToken(RoutingContext http) {
        JsonReading body = body(http);
        String token = body.text("refresh_token", MAX_TOKEN);
        body.end();
        return token;
    }

    private static JsonReading body(RoutingContext http) {
        String type = http.request().getHeader("Content-Type");
        String essence = type == null ? "" : type.split(";", 2)[0].strip();
        if (!essence.equalsIgnoreCase("application/json")) {
            throw new Refused(Problems.of(RequestRefusal.UNSUPPORTED_MEDIA_TYPE));
        }
        return JsonReading.of(http.body().buffer(), MAX_DEPTH);
    }
}
