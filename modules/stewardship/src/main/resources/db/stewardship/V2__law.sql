-- every version of the law that was ever laid before a node, for everybody to read (clause E1): a released one never changes
create table stewardship.law (
    version      text primary key,
    announced_at timestamptz not null,
    effective_at timestamptz not null,
    text         text        not null,
    signer       text        not null,
    signature    text        not null,
    stored_at    timestamptz not null default now()
);

create function stewardship.refuse_change_of_law() returns trigger language plpgsql as
$$
begin
    if tg_op = 'UPDATE' and old.version like '%-draft' and new.version = old.version then
        return new;
    end if;
    raise exception 'a released version of the law is never changed' using errcode = 'restrict_violation';
end
$$;

create trigger law_never_changes before update or delete on stewardship.law
    for each row execute function stewardship.refuse_change_of_law();
create trigger law_is_not_emptied before truncate on stewardship.law
    for each statement execute function stewardship.refuse_change_of_law();
