package io.sluice.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What masks promise of every text there can be: of letters, spaces, at signs, pictures, combining marks, and halves of surrogate
 * pairs.
 */
@Clause("B7")
final class MaskPropertiesTest {

    private static final int ROUNDS = 50_000;
    private static final int[] SIGNS = {
        '@', '@', ' ', '\t', 0x00A0, 0x3000, '.', '-', '\'', '•', 0x0301, 0x202E, 0x200D, 0
    };

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void nothingOfAHiddenValueIsShownAndNotHowLongItIs() {
        each(value -> assertThat(Mask.HIDDEN.shown(value)).isEqualTo("•••"));
    }

    @Test
    void ofEachWordOneLetterAtMostIsShownAndItIsTheFirst() {
        each(value -> {
            String[] words = words(value);
            String[] shown = Mask.INITIALS.shown(value).split(" ", -1);
            assertThat(shown).hasSize(Math.max(1, words.length));
            for (int i = 0; i < shown.length; i++) {
                String first = words.length == 0 ? "" : firstLetter(words[i]);
                assertThat(shown[i]).isEqualTo(first + "•••");
            }
        });
    }

    @Test
    void noMoreThanFourCharactersAreShownAndNeverTheGreaterPart() {
        each(value -> {
            int[] points = value.codePoints().toArray();
            String last = points.length < 8 ? "" : new String(points, points.length - 4, 4);
            assertThat(Mask.LAST4.shown(value)).isEqualTo("•••" + last);
        });
    }

    @Test
    void ofAMailboxOneLetterIsShownAndWhatIsNoneIsHidden() {
        each(value -> {
            String[] parts = value.split("@", -1);
            String domain = parts[parts.length - 1];
            String local = value.substring(0, Math.max(0, value.length() - domain.length() - 1));
            assertThat(Mask.MAILBOX.shown(value))
                    .isEqualTo(parts.length == 1 ? "•••" : firstLetter(local) + "•••@" + domain);
        });
    }

    @Test
    void noMaskTakesASurrogatePairApart() {
        each(value -> {
            boolean isWhole = halves(value) == 0;
            for (Mask mask : Mask.values()) {
                long halves = halves(mask.shown(value));
                assertThat(halves).isLessThanOrEqualTo(halves(value));
                assertThat(isWhole && halves > 0).isFalse();
            }
        });
    }

    /** So that the others say something: the texts that they are about are there, and masks do show something of them. */
    @Test
    void theTextsAreOfEveryKind() {
        int[] kinds = new int[6];
        each(value -> {
            kinds[0] += value.isEmpty() ? 1 : 0;
            kinds[1] += halves(value) > 0 ? 1 : 0;
            kinds[2] += value.codePoints().anyMatch(point -> point > 0xFFFF) ? 1 : 0;
            kinds[3] += Mask.MAILBOX.shown(value).matches("(?s).•••@.+") ? 1 : 0;
            kinds[4] += Mask.LAST4.shown(value).length() > 3 ? 1 : 0;
            kinds[5] += Mask.INITIALS.shown(value).matches("(?s)\\p{L}••• .*") ? 1 : 0;
        });
        assertThat(Arrays.stream(kinds).boxed()).as("seed %d", seed).allMatch(many -> many > ROUNDS / 100);
    }

    /** Checks one value. */
    private interface Law {
        void holdsFor(String value);
    }

    private void each(Law law) {
        for (int i = 0; i < ROUNDS; i++) {
            String value = any();
            try {
                law.holdsFor(value);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ", round " + i + ", of " + escaped(value), broken);
            }
        }
    }

    private String any() {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, random.nextInt(20)).forEach(at -> text.append(character()));
        return text.toString();
    }

    private String character() {
        return switch (random.nextInt(8)) {
            case 0 -> Character.toString(SIGNS[random.nextInt(SIGNS.length)]);
            case 1 -> Character.toString(0x10000 + random.nextInt(0x30000));
            case 2 -> random.nextInt(8) == 0 ? String.valueOf((char) (0xD800 + random.nextInt(0x800))) : "ß";
            case 3 -> Character.toString(random.nextInt(0xD800));
            default -> Character.toString('a' + random.nextInt(26));
        };
    }

    private static String[] words(String value) {
        String spaced = value.codePoints()
                .map(point -> Character.isWhitespace(point) || Character.isSpaceChar(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return spaced.isEmpty() ? new String[0] : spaced.split(" +");
    }

    private static String firstLetter(String text) {
        return text.codePoints()
                .filter(Character::isLetterOrDigit)
                .limit(1)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("");
    }

    /** How many chars are half a surrogate pair without the other half. */
    private static long halves(String text) {
        return text.codePoints()
                .filter(point -> point <= 0xFFFF && Character.isSurrogate((char) point))
                .count();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(one -> escaped.append("\\u%04X".formatted(one)));
        return escaped.toString();
    }
}
