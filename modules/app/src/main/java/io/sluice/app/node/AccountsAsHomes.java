package io.sluice.app.node;

import io.sluice.commerce.fraud.Homes;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Plain;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.vertx.core.Future;
import java.util.Optional;

/** Tells commerce where people live, by what stands in their accounts. */
record AccountsAsHomes(Bus bus) implements Homes {

    @Override
    public Future<Optional<Plain<String>>> countryOf(SubjectId person) {
        return bus.ask(Accounts.HOME_OF, Parcel.about(Persons.of(person))).compose(outcome -> switch (outcome) {
            case Outcome.Done<Accounts.Home> done ->
                Future.succeededFuture(Optional.ofNullable(done.value().country()));
            case Outcome.Refused<Accounts.Home> refused ->
                PrivacyRefusal.isPassing(refused.code())
                        ? Future.failedFuture(new Unavailable(Accounts.HOME_OF.name()))
                        : Future.succeededFuture(Optional.empty());
        });
    }
}
