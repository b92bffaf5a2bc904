-- under which version of the law somebody last said yes to each purpose, beside the mask of what they permit: whether a consent still
-- covers what the law in force does is for the decision to say (clause E3), and a decision reads one row. By purpose; who has not
-- said yes, or said no since, has no entry
alter table stewardship.subject add column consented jsonb not null default '{}';

update stewardship.subject s
set consented = said.versions
from (select subject, jsonb_object_agg(purpose, policy_version) as versions
      from (select distinct on (subject, purpose) subject, purpose, granted, said, policy_version
            from stewardship.consent order by subject, purpose, at desc, id desc) latest
      where granted and said
      group by subject) said
where said.subject = s.id and not s.erased;
