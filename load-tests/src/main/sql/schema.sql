-- The rows that a checkout writes, in a schema of their own, so that pgbench can write the same ones by bare SQL.
-- Widths, keys and indexes follow the product's tables; payloads have the product's sizes and no meaning.
drop schema if exists bench cascade;
create schema bench;

-- what may be done for a person: read once per order
create table bench.subject (
  id         uuid    primary key,
  version    bigint  not null,
  permitted  integer not null,
  erased     boolean not null,
  epoch      integer not null,
  roles      integer not null
);

-- updated in place, again and again: room on the page keeps the updates off the index
create table bench.stock (
  sku      text   primary key,
  on_hand  bigint not null,
  reserved bigint not null default 0,
  check (reserved between 0 and on_hand)
) with (fillfactor = 50);

create table bench.orders (
  id         uuid        primary key,
  subject    uuid        not null,
  addressee  uuid        not null,
  state      smallint    not null,
  version    bigint      not null,
  currency   text        not null,
  total      bigint      not null,
  lines      bytea       not null,
  sealed     bytea       not null,
  placed_at  timestamptz not null default now()
);
create index on bench.orders (subject, id);

create table bench.order_event (
  order_id uuid        not null,
  seq      integer     not null,
  kind     smallint    not null,
  body     bytea       not null,
  at       timestamptz not null default now(),
  primary key (order_id, seq)
);

create table bench.step (
  id         uuid        primary key,
  order_id   uuid        not null,
  kind       smallint    not null,
  state      smallint    not null,
  attempts   smallint    not null default 0,
  due_at     timestamptz not null default now(),
  leased_by  uuid,
  leased_to  timestamptz
);
create index on bench.step (due_at) where state = 0;

create table bench.idempotency (
  principal   uuid        not null,
  key         text        not null,
  fingerprint bytea       not null,
  status      smallint    not null,
  answer      bytea       not null,
  at          timestamptz not null default now(),
  primary key (principal, key)
);

create table bench.leaf (
  shard integer not null,
  n     bigint  generated always as identity,
  body  bytea   not null,
  hash  bytea   not null,
  primary key (shard, n)
);
