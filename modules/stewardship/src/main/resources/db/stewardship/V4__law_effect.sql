-- which versions of the law have taken effect, by this database's clock: though that clock be set back, what followed them is
-- never undone (clause E2)
create table stewardship.law_effect (
    version  text primary key,
    noted_at timestamptz not null default clock_timestamp()
);

create function stewardship.refuse_change_of_effect() returns trigger language plpgsql as
$$
begin
    raise exception 'what has taken effect is never undone' using errcode = 'restrict_violation';
end
$$;

create trigger law_effect_never_changes before update or delete on stewardship.law_effect
    for each row execute function stewardship.refuse_change_of_effect();
create trigger law_effect_is_not_emptied before truncate on stewardship.law_effect
    for each statement execute function stewardship.refuse_change_of_effect();
