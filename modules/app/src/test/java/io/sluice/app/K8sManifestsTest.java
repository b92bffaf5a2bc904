package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests under {@code k8s/} are what they claim to be, without a cluster to ask. */
final class K8sManifestsTest {

    private static final Path K8S = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve("k8s"))
            .filter(folder -> Files.exists(folder.resolve("base/kustomization.yaml")))
            .findFirst()
            .orElseThrow();
    private static final Path BASE = K8S.resolve("base");
    private static final Path PRODUCTION = K8S.resolve("overlays/production");
    private static final Pattern LISTED_FILE = Pattern.compile("(?m)^\\s+- (?:path: )?([\\w-]+\\.(?:yaml|env))$");

    @ParameterizedTest
    @MethodSource("manifests")
    void everyManifestReadsStrictly(Path manifest) {
        assertThat(StrictManifest.readAll(text(manifest)))
                .as("documents in %s", manifest.getFileName())
                .isNotEmpty();
    }

    @Test
    void aMisspeltFieldIsRefusedByItsPath() {
        String misspelt =
                text(BASE.resolve("gateway-deployment.yaml")).replace("          resources:", "          resorces:");

        assertThatThrownBy(() -> StrictManifest.readAll(misspelt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spec.template.spec.containers[0].resorces");
    }

    @Test
    void anUnknownApiVersionIsRefused() {
        String outdated = text(BASE.resolve("gateway-autoscaler.yaml")).replace("autoscaling/v2", "autoscaling/v9");

        assertThatThrownBy(() -> StrictManifest.readAll(outdated)).hasMessageContaining("no known kind");
    }

    @Test
    void aFieldOfTheWrongTypeIsRefused() {
        String wrong = text(BASE.resolve("gateway-autoscaler.yaml")).replace("minReplicas: 2", "minReplicas: [2]");

        assertThatThrownBy(() -> StrictManifest.readAll(wrong)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production"})
    void aKustomizationListsExactlyTheFilesBesideIt(String folder) {
        Matcher listed = LISTED_FILE.matcher(text(K8S.resolve(folder).resolve("kustomization.yaml")));

        assertThat(listed.results().map(match -> match.group(1)))
                .as("a file that is not listed is never applied, one that is missing breaks the build")
                .containsExactlyInAnyOrderElementsOf(filesBeside(K8S.resolve(folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker"})
    void everyPodIsConfined(String role) {
        assertThat(laxities(pod(role, Map.of()))).isEmpty();
    }

    @Test
    void aPodThatMayWriteOrRiseIsNotCalledConfined() {
        PodSpec lax = pod(
                "worker",
                Map.of(
                        "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false",
                        "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true",
                        "runAsNonRoot: true", "runAsNonRoot: false",
                        "drop: [ALL]", "drop: [NET_RAW]"));

        assertThat(laxities(lax)).containsExactly("root", "writable", "escalation", "capabilities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker"})
    void everyPodIsProbedOnTheManagementPort(String role) {
        Container container = pod(role, Map.of()).getContainers().getFirst();

        assertThat(container.getPorts())
                .anyMatch(port -> port.getName().equals("management") && port.getContainerPort() == 9090);
        assertThat(path(container.getLivenessProbe())).isEqualTo("HTTPS management/health/live");
        assertThat(path(container.getStartupProbe())).isEqualTo("HTTPS management/health/live");
        assertThat(path(container.getReadinessProbe())).isEqualTo("HTTPS management/health/ready");
    }

    @Test
    void secretsAreReferencedAndNeverContained() {
        List<HasMetadata> all = manifests()
                .flatMap(file -> StrictManifest.readAll(text(file)).stream())
                .map(StrictManifest::resource)
                .toList();

        assertThat(all).noneMatch(Secret.class::isInstance);
        assertThat(literals(text(BASE.resolve("settings.env")) + text(PRODUCTION.resolve("settings.env"))))
                .as("settings with a secret's name that hold a value instead of a mounted file")
                .isEmpty();
    }

    @Test
    void aSecretWrittenIntoTheSettingsIsNoticed() {
        assertThat(literals("SLUICE_DATABASE_PASSWORD=hunter2\nSLUICE_HTTP_PORT=8080\n"))
                .containsExactly("SLUICE_DATABASE_PASSWORD");
    }

    @Test
    void onlyTheOverlayDeclaresTheNetworkTrusted() {
        String declaration = "SLUICE_CLUSTER_MEMBERSHIP=trusted-network";

        assertThat(text(PRODUCTION.resolve("settings.env"))).contains(declaration);
        assertThat(text(BASE.resolve("settings.env")))
                .as("the base must not vouch for a network that it does not know")
                .doesNotContain(declaration);
    }

    @Test
    void theProductionOverlayRendersIntoStrictManifests(@TempDir Path scratch)
            throws IOException, InterruptedException {
        Optional<Path> kubectl = kubectl();
        assumeTrue(kubectl.isPresent(), "skipped: no kubectl on PATH, so the overlay was not rendered");
        Path rendered = scratch.resolve("rendered.yaml");

        Process process = new ProcessBuilder(kubectl.orElseThrow().toString(), "kustomize", PRODUCTION.toString())
                .redirectOutput(rendered.toFile())
                .redirectError(scratch.resolve("errors").toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }

        assertThat(ended && process.exitValue() == 0)
                .as("kubectl kustomize: %s", text(scratch.resolve("errors")))
                .isTrue();
        List<StrictManifest> manifests = StrictManifest.readAll(text(rendered));
        assertThat(manifests)
                .extracting(manifest -> manifest.resource().getKind())
                .contains("Namespace", "ConfigMap", "Deployment", "Service", "NetworkPolicy", "PodDisruptionBudget")
                .contains("HorizontalPodAutoscaler", "ServiceAccount");
        assertThat(deployments(manifests)).hasSize(2).allSatisfy(deployment -> {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            assertThat(laxities(pod)).isEmpty();
            assertThat(pod.getContainers().getFirst().getImage()).matches("sluice:\\d+\\.\\d+\\.\\d+");
            assertThat(pod.getVolumes())
                    .anyMatch(volume -> volume.getSecret() != null
                            && volume.getSecret().getSecretName().equals("sluice-partners"));
        });
    }

    private static Stream<Path> manifests() {
        return Stream.of(BASE, PRODUCTION)
                .flatMap(folder -> filesBeside(folder).stream().map(folder::resolve))
                .filter(file -> file.toString().endsWith(".yaml"));
    }

    private static List<String> filesBeside(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("kustomization.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PodSpec pod(String role, Map<String, String> changes) {
        String yaml = text(BASE.resolve(role + "-deployment.yaml"));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            yaml = yaml.replace(change.getKey(), change.getValue());
        }
        return deployments(StrictManifest.readAll(yaml))
                .getFirst()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static List<Deployment> deployments(List<StrictManifest> manifests) {
        return manifests.stream()
                .map(StrictManifest::resource)
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .toList();
    }

    /** What keeps this pod from being confined, by name; nothing, if it is. */
    private static List<String> laxities(PodSpec pod) {
        SecurityContext container = pod.getContainers().getFirst().getSecurityContext();
        Map<String, Boolean> demands = new LinkedHashMap<>();
        demands.put("root", pod.getSecurityContext().getRunAsNonRoot());
        demands.put(
                "seccomp",
                "RuntimeDefault"
                        .equals(pod.getSecurityContext().getSeccompProfile().getType()));
        demands.put("token", !pod.getAutomountServiceAccountToken());
        demands.put("writable", container.getReadOnlyRootFilesystem());
        demands.put("escalation", !container.getAllowPrivilegeEscalation());
        demands.put("capabilities", container.getCapabilities().getDrop().contains("ALL"));
        return demands.entrySet().stream()
                .filter(demand -> !demand.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> literals(String settings) {
        return settings.lines()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(key ->
                        key.matches(".*(PASSWORD|SECRET|TOKEN|TLS_KEY|DATABASE_URL).*") && !key.endsWith("_FILE"))
                .toList();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getScheme() + " "
                + probe.getHttpGet().getPort().getStrVal() + probe.getHttpGet().getPath();
    }

    private static Optional<Path> kubectl() {
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
