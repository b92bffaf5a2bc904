
create table commerce.product (
    sku      text primary key,
    name     text   not null,
    price    bigint not null check (price >= 0),
    currency text   not null check (currency ~ '^[A-Z]{3}$')
);

-- apart from the product: these rows are written at every checkout, those are not. Room in each page keeps updates on it.
create table commerce.stock (
    sku      text primary key references commerce.product,
    on_hand  bigint not null check (on_hand >= 0),
    reserved bigint not null default 0 check (reserved >= 0 and reserved <= on_hand)
) with (fillfactor = 50);

-- one row per order: the document is the whole aggregate, the columns are what is looked for; personal fields rest in
-- `sealed`, as ciphertext under their owners' keys
create table commerce.orders (
    id         uuid primary key,
    buyer      uuid        not null,
    addressee  uuid,
    state      text        not null,
    version    bigint      not null,
    document   jsonb       not null,
    sealed     bytea       not null,
    created_at timestamptz not null
) with (fillfactor = 70);
create index orders_by_buyer on commerce.orders (buyer, id);

create table commerce.order_event (
    order_id uuid        not null,
    sequence bigint      not null,
    kind     text        not null,
    state    text        not null,
    at       timestamptz not null,
    primary key (order_id, sequence)
);

-- effects on the outside world, written with their cause. `lease_until` in the past, or none, means: anybody may take it.
create table commerce.step (
    operation   uuid        not null,
    kind        text        not null,
    order_id    uuid        not null,
    attempts    int         not null default 0,
    due_at      timestamptz not null,
    lease_until timestamptz,
    done_at     timestamptz,
    primary key (operation, kind)
) with (fillfactor = 70);
create index step_due on commerce.step (due_at) where done_at is null;

-- partners' callbacks, durable before they are answered; the same event of the same partner is here once
create table commerce.inbox (
    partner      text        not null,
    event_id     text        not null,
    topic        text        not null,
    body         jsonb       not null,
    received_at  timestamptz not null,
    attempts     int         not null default 0,
    due_at       timestamptz not null,
    processed_at timestamptz,
    verdict      text,
    primary key (partner, event_id)
);
create index inbox_due on commerce.inbox (due_at) where processed_at is null;
