package io.sluice.app.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Pem;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.MerchantCalls;
import io.sluice.commerce.api.OrderHappening;
import io.sluice.commerce.api.Subscription;
import io.sluice.gateway.subscription.MerchantVerticle;
import io.sluice.gateway.subscription.ReceiverSettings;
import io.sluice.gateway.subscription.SubscriptionSecrets;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.SubjectId;
import io.sluice.testkit.LawfulBus;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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

/** The connection goes to the address that was looked at, and whoever is there must prove the name that was called. */
final class ReceiverLinkIT {

    private static final String NAME = "hooks.merchant.example";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger told = new AtomicInteger();
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
    void aReceiverThatProvesItsNameIsTold() throws Exception {
        assertThat(tell(authority.certify(List.of(NAME)), authority.certificate())
                        .status())
                .isEqualTo("delivered");
        assertThat(told).hasValue(1);
    }

    @Test
    @Clause("B2")
    void aReceiverThatProvesItsAddressOnlyOrAnotherNameIsNot() throws Exception {
        assertThat(tell(authority.certify(List.of("127.0.0.1", "other.example")), authority.certificate())
                        .status())
                .isEqualTo("failed");
        assertThat(told).hasValue(0);
    }

    @Test
    @Clause("B2")
    void aReceiverOfAnotherAuthorityIsNot() throws Exception {
        String stranger = DevelopmentCertificates.in(folder.resolve("theirs"))
                .authority(Use.SERVERS)
                .certificate();
        assertThat(tell(authority.certify(List.of(NAME)), stranger).status()).isEqualTo("failed");
        assertThat(told).hasValue(0);
    }

    private MerchantCalls.Answer tell(Pem pem, String trusted) throws Exception {
        int port = receiver(pem);
        LawfulBus lawful = LawfulBus.on(vertx, Catalogue.of(CommerceFields.ALL), List.of(MerchantCalls.NOTIFY));
        String deployed = vertx.deployVerticle(new MerchantVerticle(
                        lawful.bus(),
                        new ReceiverSettings(true, Optional.of(trusted), Duration.ofSeconds(20), 4),
                        new SubscriptionSecrets(new KeyedHash(new byte[32]), Duration.ofHours(1)),
                        own -> name -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress())),
                        InstantSource.system(),
                        new SimpleMeterRegistry()))
                .await(20, TimeUnit.SECONDS);
        assertThat(deployed).isNotBlank();
        Subscription to = new Subscription(
                UUID.randomUUID(),
                "https://" + NAME + ":" + port + "/",
                List.of(),
                true,
                List.of(0L),
                0,
                0,
                0,
                List.of());
        UUID order = UUID.randomUUID();
        Outcome<MerchantCalls.Answer> answer = lawful.bus()
                .ask(
                        MerchantCalls.NOTIFY,
                        Parcel.about(Parties.of(new SubjectId(new UUID(0, 1)), order))
                                .with(CommerceFields.SUBSCRIPTIONS, List.of(to))
                                .with(CommerceFields.ORDER_ID, order)
                                .with(
                                        CommerceFields.HAPPENINGS,
                                        List.of(new OrderHappening(1, "OrderPlaced", "PLACED", 0))))
                .await(40, TimeUnit.SECONDS);
        return ((Outcome.Done<MerchantCalls.Answer>) answer).value();
    }

    private int receiver(Pem pem) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(pem.certificate()))
                                .addKeyValue(Buffer.buffer(pem.key().reveal()))))
                .requestHandler(request -> {
                    told.incrementAndGet();
                    request.response().setStatusCode(204).end().onFailure(gone -> {});
                })
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS)
                .actualPort();
    }
}
