package io.sluice.gateway.account;

import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Ids;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;

/**
 * Registers somebody: hashes the password, makes the person known with a record for each purpose, makes their key, and only
 * then seals and stores what they brought. In this order, because past each step the next one is lawful.
 *
 * <p>A taken e-mail address is not told: the same work is done and the same answer given, and no second account comes to
 * be. What stays behind is a person about whom nothing is stored.
 */
final class Registration {

    private final Bus bus;
    private final PasswordHashing hashing;
    private final HomeRegions regions;
    private final NewcomerSealing sealing;
    private final Function<EmailAddress, String> index;
    private final Ids ids;

    /** @param index the keyed blind index of an address, hex */
    Registration(
            Bus bus,
            PasswordHashing hashing,
            HomeRegions regions,
            NewcomerSealing sealing,
            Function<EmailAddress, String> index,
            Ids ids) {
        this.bus = bus;
        this.hashing = hashing;
        this.regions = regions;
        this.sealing = sealing;
        this.index = index;
        this.ids = ids;
    }

    /** The id of the person, or why not: {@link io.sluice.stewardship.api.AccountRefusal}, about consents or policy. */
    Future<Outcome<SubjectId>> register(Newcomer newcomer) {
        SubjectId subject = new SubjectId(ids.next());
        return hashing.hash(newcomer.password())
                .compose(hash -> introduce(subject, newcomer).compose(introduced -> switch (introduced) {
                    case Outcome.Done<String> home -> store(subject, home.value(), newcomer, hash);
                    case Outcome.Refused<String> refused ->
                        Future.succeededFuture(new Outcome.Refused<>(refused.code(), refused.at()));
                }));
    }

    private Future<Outcome<String>> introduce(SubjectId subject, Newcomer newcomer) {
        return bus.ask(
                Persons.INTRODUCE,
                Parcel.about(Persons.of(subject))
                        .with(StewardshipFields.WISHES, newcomer.wishes())
                        .with(StewardshipFields.POLICY_VERSION, newcomer.policyVersion())
                        .with(StewardshipFields.CHANNEL, newcomer.channel())
                        .with(StewardshipFields.REGION, regions.of(newcomer.country())));
    }

    private Future<Outcome<SubjectId>> store(SubjectId subject, String region, Newcomer newcomer, String hash) {
        return sealing.forNewcomer(region, subject)
                .compose(seal -> bus.ask(Accounts.REGISTER, sealed(subject, newcomer, hash, seal)))
                .map(registered -> registered.map(done -> subject));
    }

    private Parcel sealed(SubjectId subject, Newcomer newcomer, String hash, NewcomerSealing.Seal seal) {
        UUID record = Accounts.of(subject);
        return Parcel.about(Parties.of(subject, record))
                .with(StewardshipFields.EMAIL_INDEX, index.apply(newcomer.email()))
                .withSealed(
                        StewardshipFields.EMAIL,
                        seal.seal(
                                record,
                                StewardshipFields.EMAIL,
                                newcomer.email().canonical()))
                .withSealed(StewardshipFields.NAME, seal.seal(record, StewardshipFields.NAME, newcomer.name()))
                .withSealed(StewardshipFields.CREDENTIAL, seal.seal(record, StewardshipFields.CREDENTIAL, hash))
                .withSealed(StewardshipFields.LOCALE, seal.seal(record, StewardshipFields.LOCALE, newcomer.locale()))
                .withSealed(
                        StewardshipFields.COUNTRY, seal.seal(record, StewardshipFields.COUNTRY, newcomer.country()));
    }
}
