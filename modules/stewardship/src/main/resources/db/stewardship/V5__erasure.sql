-- A person who is erased leaves in steps, each durable before the next: their account and sessions go at once; what is under way for
-- them comes to its end; they are forgotten; what the law keeps is sealed anew; their key is shredded.

-- between the first step and being forgotten: permits what brings open orders to their end, and nothing else
alter table stewardship.subject add column leaving boolean not null default false;

-- times of due_at and lease_until are the database's own: whichever node comes by goes on, if need be after another one's end
create table stewardship.erasure (
    subject     uuid primary key references stewardship.subject,
    begun_at    timestamptz not null,
    -- from here on everything that is kept is durable without the person's key
    held_at     timestamptz,
    shredded_at timestamptz check (shredded_at is null or held_at is not null),
    due_at      timestamptz not null default now(),
    lease_until timestamptz
);
create index erasure_due on stewardship.erasure (due_at) where shredded_at is null;

-- whoever was forgotten before there was a next step
insert into stewardship.erasure (subject, begun_at) select id, now() from stewardship.subject where erased;

-- what the law keeps of an account: under the person's own key as long as there is no reason, then under that of reason and last day
create table stewardship.kept_field (
    subject uuid  not null references stewardship.erasure,
    field   text  not null,
    sealed  bytea not null,
    reason  text,
    until   date,
    primary key (subject, field),
    check ((reason is null) = (until is null))
);
