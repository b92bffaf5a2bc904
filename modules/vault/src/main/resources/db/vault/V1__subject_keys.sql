-- Keys of persons, wrapped by a key-encryption key that no database holds. In production on a server of its own, and never
-- in one backup with the ciphertexts.
create table vault.subject_key (
    subject     uuid        not null,
    -- which of the person's keys, 1 to 65535; every ciphertext says which one sealed it, the highest seals
    version     integer     not null check (version between 1 and 65535),
    -- under which key-encryption key; survivors of an epoch are wrapped anew and get the next one
    kek_epoch   integer     not null check (kek_epoch > 0),
    -- AES-256-GCM: nonce, ciphertext, tag; subject and version are its associated data
    wrapped     bytea,
    created_at  timestamptz not null,
    -- the row of a shredded key stays, empty, so that nobody makes a new key for who is gone
    shredded_at timestamptz,
    primary key (subject, version),
    check ((wrapped is null) = (shredded_at is not null))
);
