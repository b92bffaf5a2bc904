-- Key-encryption keys come in epochs and are destroyed; keys of persons are shredded; what the law keeps is held.

-- whose wrapped key has to be wrapped anew, and whether an epoch's key-encryption key is needed still
create index subject_key_by_epoch on vault.subject_key (kek_epoch, subject, version) where wrapped is not null;

-- Nodes keep unwrapped keys in memory and ask here which of them they must forget. The count is raised first in each
-- transaction that shreds, and its lock held to the end: numbers become visible in their order, none is overtaken.
create table vault.shredding_count (
    only_row   boolean primary key default true check (only_row),
    shreddings bigint  not null
);
insert into vault.shredding_count (shreddings) values (0);

alter table vault.subject_key add column shredding bigint;
comment on column vault.subject_key.shredding is 'the number of the shredding that emptied the row';
create index subject_key_by_shredding on vault.subject_key (shredding) where shredding is not null;

-- No key is wrapped under an older epoch than this: who destroys an epoch raises it first. A node that was away for a week
-- with a wrapped key in hand would else write what nothing can open.
create table vault.kek_fence (
    only_row    boolean primary key default true check (only_row),
    least_epoch integer not null
);
insert into vault.kek_fence (least_epoch) values (1);

create function vault.refuse_destroyed_epoch() returns trigger language plpgsql as
$$
begin
    -- whoever raises the fence waits for all that write now (it takes this lock alone), and they are looked at afterwards
    perform pg_advisory_xact_lock_shared(1);
    if exists (select from written where wrapped is not null
               and kek_epoch < (select least_epoch from vault.kek_fence)) then
        raise exception 'the key-encryption key of that epoch is destroyed' using errcode = 'SK001';
    end if;
    return null;
end
$$;

create trigger subject_key_inserted after insert on vault.subject_key
    referencing new table as written for each statement execute function vault.refuse_destroyed_epoch();
create trigger subject_key_updated after update on vault.subject_key
    referencing new table as written for each statement execute function vault.refuse_destroyed_epoch();

-- What the law keeps at an erasure is sealed again under a key for its reason and end date. That key is a row of
-- vault.subject_key like a person's, with this id for its subject: it ages, is wrapped anew and shredded like any other.
create table vault.hold (
    id         uuid primary key,
    reason     text        not null,
    until      date        not null,
    created_at timestamptz not null,
    -- its key was shredded, the day after
    ended_at   timestamptz,
    unique (reason, until)
);
create index hold_by_end on vault.hold (until) where ended_at is null;
