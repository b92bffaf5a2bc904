package io.sluice.gateway.account;

import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.json.JsonBody;
import io.sluice.gateway.json.JsonFlags;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import io.sluice.kernel.Purpose;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.PurposeWish;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the bodies of this room's requests. Throws {@link Refused} with everything that is wrong with one. */
final class AccountReading {

    // deep enough for the one nested object that there is
    private static final int MAX_DEPTH = 4;
    // ASVS 5, 6.2.1
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD = 256;
    private static final int MAX_CONSENTS = 32;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final JsonText ANY_EMAIL = JsonText.upTo(254);
    private static final JsonText ANY_PASSWORD = JsonText.upTo(MAX_PASSWORD);

    private static final JsonValue<Newcomer> NEWCOMER = JsonObject.<Draft>empty()
            .required("email", EmailAddress.TYPED, (draft, text) -> draft.email = text)
            .required("password", ANY_PASSWORD.atLeast(MIN_PASSWORD), (draft, text) -> draft.password = text)
            .required("name", JsonText.upTo(200), (draft, text) -> draft.name = text)
            .required(
                    "locale",
                    JsonText.upTo(35).matching(LanguageTag::isOne, "must be a language tag (BCP 47)"),
                    (draft, text) -> draft.locale = text)
            .required(
                    "country",
                    JsonText.upTo(2).matching(COUNTRIES::contains, "must be a country code (ISO 3166-1 alpha-2)"),
                    (draft, text) -> draft.country = text)
            .required("consents", JsonFlags.upTo(MAX_CONSENTS), (draft, flags) -> draft.consents = flags)
            .required("policy_version", JsonText.upTo(64), (draft, text) -> draft.policyVersion = text)
            .as(Draft::new, Draft::newcomer);

    private static final JsonValue<Credentials> CREDENTIALS = JsonObject.<Draft>empty()
            .required("email", ANY_EMAIL, (draft, text) -> draft.email = text)
            .required("password", ANY_PASSWORD, (draft, text) -> draft.password = text)
            .as(Draft::new, draft -> new Credentials(draft.email, draft.password));

    private static final JsonValue<String> REFRESH_TOKEN = JsonObject.<Draft>empty()
            .required("refresh_token", JsonText.upTo(100), (draft, text) -> draft.refreshToken = text)
            .as(Draft::new, draft -> draft.refreshToken);

    private AccountReading() {}

    /** {@code {email, password, name, locale, country, consents: {purpose: granted}, policy_version}}. */
    static Newcomer newcomer(RoutingContext http) {
        return JsonBody.read(http, NEWCOMER, MAX_DEPTH);
    }

    /** {@code {email, password}}: whatever they are, they are judged together and later. */
    static Credentials credentials(RoutingContext http) {
        return JsonBody.read(http, CREDENTIALS, MAX_DEPTH);
    }

    /** {@code {refresh_token}}. */
    static String refreshToken(RoutingContext http) {
        return JsonBody.read(http, REFRESH_TOKEN, MAX_DEPTH);
    }

    /** An e-mail address and a password, as typed. */
    record Credentials(String email, String password) {
        @Override
        public String toString() {
            return "•••";
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

    /** What has been read of one body so far. */
    private static final class Draft {
        private String email = "";
        private String password = "";
        private String name = "";
        private String locale = "";
        private String country = "";
        private Map<String, Boolean> consents = Map.of();
        private String policyVersion = "";
        private String refreshToken = "";

        Newcomer newcomer() {
            return new Newcomer(
                    EmailAddress.parse(email).orElseThrow(),
                    password,
                    name,
                    locale,
                    country,
                    wishes(consents),
                    policyVersion,
                    "api");
        }
    }
}
