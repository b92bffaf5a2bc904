-- Persons, what they permit, their accounts and sessions. Personal values are ciphertext (bytea); nothing here is readable
-- without the key store. Times are the writer's clock, so that tests can turn it.
-- one row per person; everything that a decision about the person needs, so that one read answers it
create table stewardship.subject (
    id            uuid primary key,
    kind          text        not null check (kind in ('account', 'recipient')),
    version       bigint      not null default 1,
    permitted     integer     not null,
    erased        boolean     not null default false,
    session_epoch integer     not null default 0,
    roles         integer     not null default 0,
    region        text        not null,
    created_at    timestamptz not null
);

-- who said what, when, under which version of the law, where (clause A2): written once, never changed
create table stewardship.consent (
    id             uuid primary key,
    subject        uuid        not null references stewardship.subject,
    purpose        text        not null check (purpose in (
        'transaction_verification', 'shipment', 'refund_management', 'customer_assistance', 'service_improvement',
        'identity_confirmation', 'fraud_prevention')),
    granted        boolean     not null,
    said           boolean     not null,
    basis          text        not null check (basis in ('contract', 'legitimate_interest', 'consent')),
    policy_version text        not null,
    channel        text        not null,
    at             timestamptz not null
);

comment on column stewardship.consent.said is 'true if the person said so; false if the basis permits it unasked';

create index consent_by_subject on stewardship.consent (subject, purpose, id);

create function stewardship.refuse_change() returns trigger language plpgsql as
$$
begin
    raise exception 'consent records are never changed' using errcode = 'restrict_violation';
end
$$;

create trigger consent_is_append_only before update or delete on stewardship.consent
    for each row execute function stewardship.refuse_change();
create trigger consent_is_not_emptied before truncate on stewardship.consent
    for each statement execute function stewardship.refuse_change();

create table stewardship.account (
    subject    uuid primary key references stewardship.subject,
    email_index bytea      not null,
    email      bytea       not null,
    name       bytea       not null,
    credential bytea       not null,
    locale     bytea       not null,
    country    bytea       not null,
    created_at timestamptz not null
);

create unique index account_by_email on stewardship.account (email_index);

-- no record, no storage (clause A2): whatever the program does, an account without its record cannot come to be
create function stewardship.require_record() returns trigger language plpgsql as
$$
begin
    if not exists (select from stewardship.consent
                   where subject = new.subject and purpose = 'identity_confirmation' and granted) then
        raise exception 'no record of a legal basis, no storage' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger account_has_record before insert on stewardship.account
    for each row execute function stewardship.require_record();

create table stewardship.session (
    id           uuid primary key,
    subject      uuid        not null references stewardship.subject,
    epoch        integer     not null,
    signed_in_at timestamptz not null,
    until        timestamptz not null,
    ended_at     timestamptz,
    end_reason   text check (end_reason in ('closed', 'token_reused', 'revoked'))
);

create index session_by_subject on stewardship.session (subject);
create index session_by_end on stewardship.session (until);

-- a session's refresh tokens, by SHA-256; the one that is not spent is good. The successor is kept wrapped by its
-- predecessor, which only the browser or app has, so that a repeated question can be answered alike
create table stewardship.refresh_token (
    hash      bytea primary key,
    session   uuid        not null references stewardship.session on delete cascade,
    issued_at timestamptz not null,
    spent_at  timestamptz,
    successor bytea,
    check ((spent_at is null) = (successor is null))
);

create index refresh_token_by_session on stewardship.refresh_token (session);
