-- a backlog is worked off by what matters most to buyers, and within that by age: the oldest of each kind are found at once
create index step_due_by_kind on commerce.step (kind, due_at) where done_at is null;
drop index commerce.step_due;
