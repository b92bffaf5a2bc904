package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LawFolderTest {

    @TempDir
    Path folder;

    private SigningKeys keys = SigningKeys.none();

    @BeforeEach
    void makeKeys() throws Exception {
        keys = SigningKeys.in(folder);
    }

    @Test
    @Clause("E2")
    void theVersionInForceIsTheLastThatHasTakenEffect() throws Exception {
        version("v1", "2026-02-01");
        version("v2", "2026-06-01");

        assertThat(inForce("2026-02-01T00:00:00Z")).isEqualTo("v1");
        assertThat(inForce("2026-05-31T23:59:59.999Z")).isEqualTo("v1");
        assertThat(inForce("2026-06-01T00:00:00Z")).isEqualTo("v2");
    }

    @Test
    @Clause("E1")
    void everyVersionIsPublishedAndWhatIsToComeIsAnnounced() throws Exception {
        version("v3", "2026-09-01");
        version("v1", "2026-02-01");
        version("v2", "2026-06-01");

        Laws laws = read("2026-03-01T00:00:00Z");

        assertThat(laws.published()).extracting(PublishedLaw::version).containsExactly("v1", "v2", "v3");
        assertThat(laws.announced()).extracting(Law::version).containsExactly("v2", "v3");
        assertThat(read("2026-10-01T00:00:00Z").announced()).isEmpty();
    }

    @Test
    void beforeTheFirstVersionThereIsNoLawAndNoStart() throws Exception {
        version("v1", "2026-02-01");

        assertThatThrownBy(() -> inForce("2026-01-31T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessageContaining("holds no version that has taken effect");
    }

    @Test
    void twoVersionsCannotTakeEffectAtTheSameInstant() throws Exception {
        version("v1", "2026-02-01");
        version("v2", "2026-02-01");

        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessageContaining("v1 and v2 take effect at the same instant");
    }

    @Test
    void oneBrokenVersionStopsTheStartThoughAnotherIsInForce() throws Exception {
        version("v1", "2026-02-01");
        keys.sign(Files.writeString(folder.resolve("v2.yaml"), "version: v2"));

        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessageContaining("v2.yaml:1: fields is missing");
    }

    @Test
    @Clause("E1")
    void aVersionThatWasChangedAfterItWasSignedIsNoLaw() throws Exception {
        Path file = version("v1", "2026-02-01");
        Files.writeString(file, Files.readString(file).replace("keep: P90D", "keep: P91D"));

        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .isInstanceOf(LawInvalid.class)
                .hasMessage("v1.yaml: is not what " + keys.id() + " signed");
    }

    @Test
    @Clause("E1")
    void aVersionThatNobodyOrAStrangerSignedIsNoLaw() throws Exception {
        Path file = version("v1", "2026-02-01");
        Files.delete(LawSignature.beside(file));
        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .hasMessage("v1.yaml: is not signed: there is no signature beside it");

        Path elsewhere = Files.createDirectory(folder.resolve("stranger"));
        SigningKeys stranger = SigningKeys.in(elsewhere);
        stranger.sign(file);
        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .hasMessage("v1.yaml: is signed by " + stranger.id() + ", which is none of the trusted signers");
    }

    @Test
    @Clause("E3")
    void aVersionThatWidensSomethingSaysSoByName() throws Exception {
        version("v1", "2026-02-01");
        Path wider = version("v2", "2026-06-01");
        String text = Files.readString(wider).replace("keep: P90D", "keep: P91D");
        keys.sign(Files.writeString(wider, text));

        assertThatThrownBy(() -> inForce("2026-07-01T00:00:00Z"))
                .hasMessageContaining("v2.yaml: widens \"field delivery.city retention\" and does not list that")
                .hasMessageContaining("v2.yaml: widens \"field delivery.street retention\" and does not list that");

        String both = "widens: [field delivery.city retention, field delivery.street retention]\n";
        keys.sign(Files.writeString(wider, text + both));
        assertThat(inForce("2026-07-01T00:00:00Z")).isEqualTo("v2");
    }

    @Test
    @Clause("E3")
    void aConsentCountsFromTheLastVersionOnThatWidenedItsPurpose() throws Exception {
        widening("v1", "2026-02-01", "", "");
        widening("v2", "2026-03-01", "", "");
        widening("v3", "2026-04-01", "usage: P1", "widens: [purpose customer_assistance admits usage]\n");
        widening("v4", "2026-05-01", "usage: P1", "");

        assertThat(consents("2026-02-10T00:00:00Z")).containsExactly("v1");
        assertThat(consents("2026-03-10T00:00:00Z")).containsExactlyInAnyOrder("v1", "v2");
        assertThat(consents("2026-04-10T00:00:00Z")).containsExactly("v3");
        assertThat(consents("2026-05-10T00:00:00Z")).containsExactlyInAnyOrder("v3", "v4");
        assertThat(read("2026-05-10T00:00:00Z").inForce().policy().consents())
                .as("of what was not widened every yes counts, and nothing else rests on one")
                .containsEntry(Purpose.SERVICE_IMPROVEMENT, Set.of("v1", "v2", "v3", "v4"))
                .containsOnlyKeys(Purpose.CUSTOMER_ASSISTANCE, Purpose.SERVICE_IMPROVEMENT);
        assertThat(read("2026-02-10T00:00:00Z").announced().get(1).policy().consents())
                .as("announced versions know it already")
                .containsEntry(Purpose.CUSTOMER_ASSISTANCE, Set.of("v3"));
    }

    private void widening(String version, String effective, String admits, String widens) throws IOException {
        Path file = version(version, effective);
        keys.sign(Files.writeString(
                file,
                Files.readString(file)
                        .replace("dpv:CustomerCare}", "dpv:CustomerCare, admits: {" + admits + "}}")
                        .concat(widens)));
    }

    private Set<String> consents(String now) throws Exception {
        return Objects.requireNonNull(read(now).inForce().policy().consents().get(Purpose.CUSTOMER_ASSISTANCE));
    }

    @Test
    @Clause("E3")
    void aVersionDoesNotAcknowledgeWhatItDoesNotWiden() throws Exception {
        version("v1", "2026-02-01");
        Path same = version("v2", "2026-06-01");
        keys.sign(Files.writeString(same, Files.readString(same) + "widens: [partner carrier region]\n"));

        assertThatThrownBy(() -> inForce("2026-07-01T00:00:00Z"))
                .hasMessage("v2.yaml: lists \"partner carrier region\" under widens, and does not widen it");
    }

    @Test
    @Clause("E1")
    void aSupersededVersionMayNameFieldsThatTheCodeNoLongerKnows() throws Exception {
        Path old = version("v1", "2026-02-01");
        String street = Files.readString(old);
        keys.sign(Files.writeString(old, street.replace("delivery.street", "delivery.lane")));
        Path now = version("v2", "2026-06-01");
        keys.sign(Files.writeString(
                now,
                Files.readString(now)
                        + "widens: [contract parcel.send opens delivery.street, field delivery.street,"
                        + " partner carrier gets delivery.street, role fulfilment sees masked delivery.street]\n"));

        assertThat(inForce("2026-07-01T00:00:00Z")).isEqualTo("v2");
        assertThatThrownBy(() -> inForce("2026-03-01T00:00:00Z"))
                .as("while it is in force the code must know them")
                .hasMessageContaining("delivery.lane is a field that the code does not know");
    }

    @CanIgnoreReturnValue
    private Path version(String version, String effective) throws IOException {
        return keys.version(folder, version, effective);
    }

    private String inForce(String now) throws Exception {
        return read(now).inForce().version();
    }

    private Laws read(String now) throws Exception {
        return LawFolder.read(folder, LawFileTest.CATALOGUE, keys.signers(), Instant.parse(now));
    }
}
