-- answers once given, kept for as long as a client may ask again
create table storage.idempotency (
    scope       text primary key,
    fingerprint text        not null,
    outcome     bytea       not null,
    created_at  timestamptz not null
);
create index idempotency_by_age on storage.idempotency using brin (created_at);
