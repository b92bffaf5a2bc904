-- which transaction wrote an event. What subscribers are to be told is found by it, so that nothing is told before it is committed, and
-- nothing that is committed late is overlooked. It costs whoever writes an event neither a row nor a round trip.
alter table commerce.order_event add column written_by xid8 not null default pg_current_xact_id();
create index order_event_by_writer on commerce.order_event (written_by);

-- where the merchant's own systems want to be told. Their secrets are derived from the subscription's id and rest nowhere.
create table commerce.subscription (
    id          uuid primary key,
    url         text          not null,
    events      text[],                   -- none: all
    is_active   boolean       not null default true,
    secrets     timestamptz[] not null,   -- when each was made; the last one is current
    since       xid8          not null,
    scope       text          not null unique,
    fingerprint text          not null,
    created_at  timestamptz   not null
);

-- up to which transaction events have been looked at
create table commerce.subscription_feed (
    is_the_one boolean primary key default true check (is_the_one),
    position   xid8 not null
);
insert into commerce.subscription_feed (position) values (pg_current_xact_id());

-- what an order has still to be told about: its events after `told`, up to `upto`, one after the other. Gone when all is told.
create table commerce.telling (
    subscription  uuid        not null references commerce.subscription on delete cascade,
    order_id      uuid        not null,
    told          bigint      not null,
    upto          bigint      not null,
    tries         int         not null default 0,
    holds         int         not null default 0,
    reason        text,
    pending_since timestamptz not null,
    due_at        timestamptz not null,
    lease_until   timestamptz,
    fence         bigint      not null default 0,
    primary key (subscription, order_id)
) with (fillfactor = 70);
-- by subscription, so that one of which much is due does not stand before the others
create index telling_due on commerce.telling (subscription, due_at);

-- what all tries were in vain for, until it is replayed
create table commerce.untold (
    subscription uuid        not null references commerce.subscription on delete cascade,
    order_id     uuid        not null,
    sequence     bigint      not null,
    reason       text        not null,
    parked_at    timestamptz not null,
    primary key (subscription, order_id, sequence)
);
