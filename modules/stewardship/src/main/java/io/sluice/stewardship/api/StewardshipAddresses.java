package io.sluice.stewardship.api;

import io.sluice.guard.Address;
import java.util.List;

/** Every address of stewardship, for the check of law against code at boot. */
public final class StewardshipAddresses {

    public static final List<Address<?, ?>> ALL = List.of(
            Persons.INTRODUCE,
            Persons.INTRODUCE_RECIPIENT,
            Persons.DECIDE,
            Persons.ERASE,
            Persons.CONSENTED,
            Accounts.REGISTER,
            Accounts.CREDENTIAL_OF,
            Accounts.HOME_OF,
            Accounts.APPOINT,
            Sessions.OPEN,
            Sessions.REFRESH,
            Sessions.CLOSE,
            Sessions.CHECK,
            Sessions.ENDED);

    private StewardshipAddresses() {}
}
