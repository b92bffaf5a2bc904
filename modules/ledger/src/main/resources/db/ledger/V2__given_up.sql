-- Batches whose transaction was lost before anybody heard of its end, and whose leaves are written elsewhere since. The lost
-- transaction may be alive still, halted with everything said to it and nothing done: when it goes on, it must fail.
create table ledger.given_up (
    shard uuid   not null,
    seq   bigint not null,
    primary key (shard, seq)
);

create trigger given_up_is_append_only before update or delete or truncate on ledger.given_up
    for each statement execute function ledger.refuse_change();

-- whoever gives a batch up and whoever writes it hold the lock on its shard: one of them comes first, and the other sees it
create function ledger.refuse_given_up() returns trigger language plpgsql as
$$
begin
    if exists (select from ledger.given_up where shard = new.shard and seq = new.seq) then
        raise exception 'this batch was given up, and its leaves are elsewhere' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger batch_is_not_given_up before insert on ledger.batch
    for each row execute function ledger.refuse_given_up();
