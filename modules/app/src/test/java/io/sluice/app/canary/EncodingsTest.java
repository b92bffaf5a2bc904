package io.sluice.app.canary;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a canary within a longer text is turned into, it is found; and nothing else is. */
class EncodingsTest {

    private static final String TOKEN = "kQzRwTmPvNxGhJsY";
    private static final Canary ZOE = Canary.of("account.name", "Zoë " + TOKEN + " O'Neil", TOKEN);
    private static final Search SEARCH = new Search(List.of(ZOE));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void itIsFoundWhereverItStandsInALongerTextThatWasEncodedAsAWhole(int before) throws Exception {
        String text = "x".repeat(before) + "\"" + ZOE.planted() + "\"é and more";
        Map<String, byte[]> encoded = Map.ofEntries(
                Map.entry("plain", text.getBytes(UTF_8)),
                Map.entry("UTF-16LE", text.getBytes(UTF_16LE)),
                Map.entry("UTF-16BE", text.getBytes(UTF_16BE)),
                Map.entry("base64", Base64.getEncoder().encode(text.getBytes(UTF_8))),
                Map.entry("base64url", Base64.getUrlEncoder().withoutPadding().encode(text.getBytes(UTF_8))),
                Map.entry("hex", HexFormat.of().formatHex(text.getBytes(UTF_8)).getBytes(UTF_8)),
                Map.entry("URL", URLEncoder.encode(text, UTF_8).getBytes(UTF_8)),
                Map.entry("lower", text.toLowerCase(Locale.ROOT).getBytes(UTF_8)),
                Map.entry("upper", text.toUpperCase(Locale.ROOT).getBytes(UTF_8)),
                Map.entry(
                        "reversed", new StringBuilder(text).reverse().toString().getBytes(UTF_8)),
                Map.entry(
                        "base64 of lower",
                        Base64.getEncoder().encode(text.toLowerCase(Locale.ROOT).getBytes(UTF_8))));

        encoded.forEach(
                (how, bytes) -> assertThat(SEARCH.in(how, bytes)).as(how).isNotEmpty());
    }

    @Test
    void aPlainHashOfTheWholeIsAsGoodAsTheWhole() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(ZOE.planted().getBytes(UTF_8));

        assertThat(SEARCH.in("raw", hash)).isNotEmpty();
        assertThat(SEARCH.in("hex", HexFormat.of().formatHex(hash))).isNotEmpty();
        assertThat(SEARCH.in("base64", Base64.getEncoder().encodeToString(hash)))
                .isNotEmpty();
    }

    @Test
    void itIsFoundAcrossTheBordersOfThePiecesThatAreRead() throws Exception {
        byte[] token = TOKEN.getBytes(UTF_8);
        for (int shift = -token.length; shift <= 1; shift++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(new byte[(1 << 20) + shift]);
            bytes.write(token);
            bytes.write(new byte[(1 << 20) + 17]);

            List<Search.Find> finds = SEARCH.in("stream", new ByteArrayInputStream(bytes.toByteArray()));

            assertThat(finds).singleElement().returns((1L << 20) + shift, Search.Find::offset);
        }
    }

    @Test
    void noiseAndOtherTextsAreNotTakenForIt() {
        byte[] noise = new byte[1 << 22];
        new Random(7).nextBytes(noise);

        assertThat(SEARCH.in("noise", noise)).isEmpty();
        assertThat(SEARCH.in("half of it", TOKEN.substring(0, 8))).isEmpty();
        assertThat(SEARCH.in("what stands around it", "Zoë  O'Neil")).isEmpty();
    }
}
