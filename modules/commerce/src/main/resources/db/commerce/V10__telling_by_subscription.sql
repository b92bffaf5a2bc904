-- what is due is looked for subscription by subscription, so that one of which much is due does not stand before the others
create index telling_due_by_subscription on commerce.telling (subscription, due_at);
drop index commerce.telling_due;

-- whether a subscription is active, the lease asks; nothing is put off without end for it any more
update commerce.telling set due_at = pending_since where due_at = 'infinity';
