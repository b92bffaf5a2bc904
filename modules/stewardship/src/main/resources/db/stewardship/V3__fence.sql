-- The fence between what people take away and what is decided meanwhile (clause D5). A decision is made by a person's row of
-- some version; its effect is committed later, perhaps much later, by a node that stood still. Both sides meet on a lock per
-- bucket of persons: effects share it, whoever takes something away has it alone, each until the end of its transaction. So
-- an effect is committed either before the person's change, or sees it and is not committed.
-- Buckets, and not persons: a transaction holds the effects of hundreds, and the server's table of locks is bounded. They are
-- taken in one order, after all row locks of an effect and before those of a change, so that nobody waits in a circle.

-- the version of the row at which something was last taken away; decisions by an earlier one have fallen
alter table stewardship.subject
    add column restricted_version bigint not null default 0,
    add column restricted_at timestamptz;

create function stewardship.fence_buckets(subjects uuid[]) returns setof integer language sql immutable as
$$
select distinct get_byte(uuid_send(subject), 15) from unnest(subjects) as subject order by 1
$$;

-- 1397509955 is this protocol's name among advisory locks ('SLFC'); the other locks of the house are of one number, another space
create function stewardship.hold_off_effects(subjects uuid[]) returns void language plpgsql as
$$
declare
    bucket integer;
begin
    for bucket in select * from stewardship.fence_buckets(subjects) loop
        perform pg_advisory_xact_lock(1397509955, bucket);
    end loop;
end
$$;

-- volatile, as every function is that does not say otherwise: so the comparison sees what was committed while the locks were
-- waited for. The detail is by how many seconds the latest of the fallen decisions came after the person's change: one made by
-- a snapshot within its lease came at most that lease later
create function stewardship.require_standing(subjects uuid[], versions bigint[], times timestamptz[])
    returns void language plpgsql as
$$
declare
    bucket integer;
    after_seconds numeric;
begin
    for bucket in select * from stewardship.fence_buckets(subjects) loop
        perform pg_advisory_xact_lock_shared(1397509955, bucket);
    end loop;
    select coalesce(extract(epoch from decided.at - person.restricted_at), 0) into after_seconds
    from unnest(subjects, versions, times) as decided (subject, version, at)
    left join stewardship.subject person on person.id = decided.subject
    where person.id is null or person.restricted_version > decided.version
    order by 1 desc limit 1;
    if found then
        raise exception 'decided by what a person has taken away since'
            using errcode = 'SL001', detail = after_seconds::text;
    end if;
end
$$;
