package io.sluice.gateway.account;

import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The accounts of a development node, one for each staff role and two customers, with passwords made at its first start and
 * written to one file that its owner alone can read. The file is written last: a start that was broken off makes them anew.
 */
public final class DemoAccounts {

    private static final int PASSWORD_BYTES = 18;

    private final Vertx vertx;
    private final Bus bus;
    private final Registration registration;
    private final Supplier<String> policyVersion;
    private final SecureRandom random = new SecureRandom();

    /** One account: under which name it stands in the file, and its role. */
    private record Seat(String name, Role role) {}

    private static final List<Seat> SEATS = Stream.concat(
                    Arrays.stream(Role.values())
                            .filter(role -> role != Role.CUSTOMER)
                            .map(role -> new Seat(role.id(), role)),
                    Stream.of(new Seat("customer1", Role.CUSTOMER), new Seat("customer2", Role.CUSTOMER)))
            .toList();

    DemoAccounts(Vertx vertx, Bus bus, Registration registration, Supplier<String> policyVersion) {
        this.vertx = vertx;
        this.bus = bus;
        this.registration = registration;
        this.policyVersion = policyVersion;
    }

    /**
     * Makes the accounts, unless the file is there.
     *
     * @param file where their addresses and passwords go (mode 0600), as {@code {"support": {"email", "password"}, …}}
     * @return whether they were made now
     */
    public Future<Boolean> ensure(Path file) {
        return vertx.executeBlocking(() -> Files.exists(file))
                .compose(isThere -> Boolean.TRUE.equals(isThere)
                        ? Future.succeededFuture(false)
                        : make().compose(made -> write(file, made)).map(written -> true));
    }

    private Future<JsonObject> make() {
        // a marker of this start, so that addresses of a start that was broken off do not stand in the way
        String marker = secret(6).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "x");
        Map<String, JsonObject> made = new LinkedHashMap<>();
        Future<?> inTurn = Future.succeededFuture();
        List<Future<Void>> appointed = new ArrayList<>(SEATS.size());
        for (Seat seat : SEATS) {
            JsonObject credentials = new JsonObject()
                    .put("email", seat.name().replace('_', '-') + "." + marker + "@staff.example.org")
                    .put("password", secret(PASSWORD_BYTES));
            // passwords are hashed one after the other; appointments wait until they hold on every node, all together
            Future<SubjectId> opened = inTurn.compose(before -> open(seat, credentials));
            appointed.add(opened.compose(subject -> appoint(subject, seat.role())));
            inTurn = opened;
            made.put(seat.name(), credentials);
        }
        return Future.all(appointed).map(all -> {
            JsonObject file = new JsonObject();
            made.forEach(file::put);
            return file;
        });
    }

    private String secret(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private Future<SubjectId> open(Seat seat, JsonObject credentials) {
        EmailAddress email = EmailAddress.parse(credentials.getString("email")).orElseThrow();
        Newcomer newcomer = new Newcomer(
                email,
                credentials.getString("password"),
                "Demo " + seat.name().replace('_', ' '),
                "en",
                "DE",
                List.of(),
                policyVersion.get(),
                "seed");
        return registration.register(newcomer).compose(DemoAccounts::done);
    }

    private Future<Void> appoint(SubjectId subject, Role role) {
        return bus.ask(Accounts.APPOINT, Parcel.about(Persons.of(subject)).with(StewardshipFields.ROLES, (long)
                        role.mask()))
                .compose(DemoAccounts::done)
                .mapEmpty();
    }

    private static <T> Future<T> done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> Future.succeededFuture(done.value());
            case Outcome.Refused<T> refused ->
                Future.failedFuture(new IllegalStateException("a demo account was refused: " + refused.code()));
        };
    }

    private Future<?> write(Path file, JsonObject credentials) {
        return vertx.executeBlocking(() -> writeNow(file, credentials.encodePrettily()));
    }

    private static Path writeNow(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("the root folder is no file");
        }
        Files.createDirectories(folder);
        // nobody else can read it at any moment: the mode is there before the text is
        Path draft = Files.createTempFile(
                folder,
                "credentials",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text + System.lineSeparator());
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
