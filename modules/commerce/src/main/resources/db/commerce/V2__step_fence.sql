-- every leasing and every arming counts: whoever held a step before can no longer say that it is done, or put it off
alter table commerce.step add column fence bigint not null default 0;
