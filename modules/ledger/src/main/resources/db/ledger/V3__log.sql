-- The one log over all shards: entries, the hash tree over them, signed heads, and a tally for each record that leaves name.
-- How bytes and hashes are made is said in the room's README. But for the sequencer's row and the second sink's, append-only.

-- when a batch came, as the server counts transactions. It is only where the sequencer looks for what is new: which batch of a
-- shard is next it knows from the log itself
alter table ledger.batch add column xid xid8 not null default pg_current_xact_id();
create index batch_by_xid on ledger.batch (xid);

-- one row. Whoever holds the lock of the sequencer raises the epoch, and every round is committed under it
create table ledger.sequencer (
    one   boolean primary key default true check (one),
    -- the log's name: two databases never go on under the same
    log   uuid   not null,
    epoch bigint not null check (epoch >= 0),
    -- every batch that was visible then is in the log
    seen  pg_snapshot not null
);
insert into ledger.sequencer (log, epoch, seen) values (gen_random_uuid(), 0, '1:1:');

create table ledger.epoch (
    epoch bigint primary key,
    node  text        not null,
    at    timestamptz not null,
    -- the log's name from then on
    log   uuid        not null
);

-- public halves of the keys that have signed heads
create table ledger.head_key (
    id         text primary key,
    public_key bytea       not null check (length(public_key) = 32),
    since      timestamptz not null
);

create table ledger.entry (
    index bigint primary key check (index >= 0),
    -- a batch's place; tallies have none
    shard uuid,
    seq   bigint,
    -- RFC 8785 JSON: these very bytes are the leaf of the tree
    bytes bytea not null,
    check ((shard is null) = (seq is null)),
    unique (shard, seq)
);

-- every full subtree of the log's tree (RFC 9162), entries' own hashes at level 0
create table ledger.node (
    level smallint not null check (level >= 0),
    index bigint   not null check (index >= 0),
    hash  bytea    not null check (length(hash) = 32),
    primary key (level, index)
);

-- how many leaves name a record, as of one round; `first` is the index of the first that this round added
create table ledger.tally (
    entry   bigint  not null,
    place   integer not null check (place >= 0),
    record  text collate "C" not null,
    first   bigint  not null check (first >= 0),
    count   bigint  not null check (count > first),
    chain   bytea   not null check (length(chain) = 32),
    -- where the added leaves are: entries of their batches, and their numbers
    batches bigint[] not null,
    numbers bigint[] not null,
    primary key (entry, place),
    unique (record, first)
);

create table ledger.head (
    size      bigint primary key check (size > 0),
    epoch     bigint not null,
    -- RFC 8785 JSON: these very bytes are signed
    bytes     bytea  not null,
    key       text   not null,
    signature bytea  not null check (length(signature) = 64)
);

-- up to which head each second sink has them
create table ledger.delivered (
    sink text primary key,
    size bigint      not null check (size >= 0),
    at   timestamptz not null
);

create trigger epoch_is_append_only before update or delete or truncate on ledger.epoch
    for each statement execute function ledger.refuse_change();
create trigger head_key_is_append_only before update or delete or truncate on ledger.head_key
    for each statement execute function ledger.refuse_change();
create trigger entry_is_append_only before update or delete or truncate on ledger.entry
    for each statement execute function ledger.refuse_change();
create trigger node_is_append_only before update or delete or truncate on ledger.node
    for each statement execute function ledger.refuse_change();
create trigger tally_is_append_only before update or delete or truncate on ledger.tally
    for each statement execute function ledger.refuse_change();
create trigger head_is_append_only before update or delete or truncate on ledger.head
    for each statement execute function ledger.refuse_change();
