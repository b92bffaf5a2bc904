package io.sluice.app.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Pem;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.ProviderCalls;
import io.sluice.gateway.partner.PartnerSettings;
import io.sluice.gateway.partner.SandboxProviderVerticle;
import io.sluice.guard.HandlerFailed;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client before a partner that is not who it should be: nothing is asked of it. */
class PartnerLinkIT {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final UUID operation = UUID.randomUUID();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger asked = new AtomicInteger();
    private DevelopmentAuthority authority;

    @BeforeEach
    void found() {
        authority = DevelopmentCertificates.in(folder.resolve("ours")).authority(Use.SERVERS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    @Clause("B2")
    void aPartnerThatProvesItselfIsAsked() throws Exception {
        URI partner = partner(authority.certify(List.of("127.0.0.1")), "TLSv1.3");

        assertThat(lookUp(partner, Optional.of(authority.certificate())).await(40, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Done.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    @Clause("B2")
    void aPartnerOfAnotherAuthorityIsNot() throws Exception {
        String stranger = DevelopmentCertificates.in(folder.resolve("theirs"))
                .authority(Use.SERVERS)
                .certificate();
        isNotAsked(partner(authority.certify(List.of("127.0.0.1")), "TLSv1.3"), Optional.of(stranger));
    }

    @Test
    @Clause("B2")
    void aPartnerThatOnlyDevelopmentKnowsIsNotAskedWithoutItsAuthority() throws Exception {
        isNotAsked(partner(authority.certify(List.of("127.0.0.1")), "TLSv1.3"), Optional.empty());
    }

    @Test
    @Clause("B2")
    void aPartnerOfAnotherNameIsNot() throws Exception {
        isNotAsked(
                partner(authority.certify(List.of("partner.example", "127.0.0.2")), "TLSv1.3"),
                Optional.of(authority.certificate()));
    }

    @Test
    @Clause("B2")
    void aPartnerWhoseCertificateHasExpiredIsNot() throws Exception {
        Pem expired = authority.certify(List.of("127.0.0.1"), Instant.now().minus(Duration.ofMinutes(1)));
        isNotAsked(partner(expired, "TLSv1.3"), Optional.of(authority.certificate()));
    }

    @Test
    @Clause("B2")
    void aPartnerThatSpeaksAnOlderTlsIsNot() throws Exception {
        isNotAsked(partner(authority.certify(List.of("127.0.0.1")), "TLSv1.2"), Optional.of(authority.certificate()));
    }

    private void isNotAsked(URI partner, Optional<String> trusted) throws Exception {
        Future<?> answer = lookUp(partner, trusted);

        assertThatThrownBy(() -> answer.await(40, TimeUnit.SECONDS)).isInstanceOf(HandlerFailed.class);
        assertThat(meters.find("sluice.partner.calls").tag("result", "silent").timer())
                .as("the partner counts as silent")
                .isNotNull();
        assertThat(asked).as("requests that reached it").hasValue(0);
    }

    private Future<Outcome<ProviderCalls.Answer>> lookUp(URI partner, Optional<String> trusted) throws Exception {
        LawfulBus lawful = LawfulBus.on(
                vertx,
                Catalogue.of(CommerceFields.ALL),
                List.of(
                        ProviderCalls.AUTHORISE,
                        ProviderCalls.CAPTURE,
                        ProviderCalls.VOID,
                        ProviderCalls.REFUND,
                        ProviderCalls.LOOKUP));
        String deployed = vertx.deployVerticle(new SandboxProviderVerticle(
                        lawful.bus(),
                        PartnerSettings.of("sandbox-provider", partner, trusted, "key", Duration.ofSeconds(20)),
                        meters))
                .await(20, TimeUnit.SECONDS);
        assertThat(deployed).isNotBlank();
        return lawful.bus().ask(ProviderCalls.LOOKUP, Parcel.plain().with(CommerceFields.OPERATION_ID, operation));
    }

    private URI partner(Pem pem, String protocol) throws Exception {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setEnabledSecureTransportProtocols(Set.of(protocol))
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(pem.certificate()))
                                .addKeyValue(Buffer.buffer(pem.key().reveal()))))
                .requestHandler(request -> {
                    asked.incrementAndGet();
                    request.response().setStatusCode(404).end("{\"code\":\"unknown\"}");
                })
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS);
        return URI.create("https://127.0.0.1:" + server.actualPort());
    }
}
