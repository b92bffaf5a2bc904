-- Who was given what of whom, for what: one leaf per delivery with personal fields and per refusal, never a value.
-- Append-only. How bytes, hashes and heads are made is said in the room's README; what is stored here can be recomputed.

-- one writer: a lane of one run of one node. A writer that does not know the fate of its last batch starts another shard
create table ledger.shard (
    id        uuid primary key,
    node      text        not null,
    lane      text        not null,
    opened_at timestamptz not null
);

-- one transaction's leaves
create table ledger.batch (
    shard     uuid    not null,
    seq       bigint  not null check (seq >= 0),
    first_n   bigint  not null check (first_n >= 0),
    count     integer not null check (count > 0),
    root      bytea   not null check (length(root) = 32),
    prev_head bytea   not null check (length(prev_head) = 32),
    head      bytea   not null check (length(head) = 32),
    primary key (shard, seq)
);

-- no foreign keys: one look-up per leaf would buy what verification checks anyway
create table ledger.leaf (
    shard uuid        not null,
    n     bigint      not null check (n >= 0),
    -- RFC 8785 JSON: these very bytes are hashed
    bytes bytea       not null,
    hash  bytea       not null check (length(hash) = 32),
    at    timestamptz not null,
    primary key (shard, n)
);

create index leaf_by_time on ledger.leaf using brin (at);

create function ledger.refuse_change() returns trigger language plpgsql as
$$
begin
    raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
end
$$;

create trigger shard_is_append_only before update or delete or truncate on ledger.shard
    for each statement execute function ledger.refuse_change();
create trigger batch_is_append_only before update or delete or truncate on ledger.batch
    for each statement execute function ledger.refuse_change();
create trigger leaf_is_append_only before update or delete or truncate on ledger.leaf
    for each statement execute function ledger.refuse_change();
