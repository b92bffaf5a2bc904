-- What was taken away from persons or by them, in the order in which that was: second sinks are told, so that a database restored from
-- before can be told again. Ids, masks and records of consent; never a value.

-- counted up in the transaction of the change and locked to its end: numbers become visible in their order, none is overtaken
create table stewardship.restriction_count (
    only_row     boolean primary key default true check (only_row),
    restrictions bigint  not null
);
insert into stewardship.restriction_count (restrictions) values (0);

create table stewardship.restriction (
    number bigint primary key check (number > 0),
    at     timestamptz not null,
    -- one JSON object: the person's row as it was after the change, and what they said
    data   text        not null
);

-- a restored database, and up to which of the ledger's kept heads it has been told what it has lost
create table stewardship.reconciled (
    log  text        not null,
    size bigint      not null,
    at   timestamptz not null default clock_timestamp(),
    primary key (log, size)
);
