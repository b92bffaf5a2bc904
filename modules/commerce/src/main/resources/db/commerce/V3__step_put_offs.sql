-- pauses grow with these and not with attempts, among which are those that ended with their node
alter table commerce.step add column put_offs int not null default 0;
