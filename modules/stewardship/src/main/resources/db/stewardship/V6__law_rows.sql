-- A version of the law is its text and a trusted signature over it, which only the program can check. So what somebody writes
-- into this table counts for nothing by itself, and must not take a version's name, or its place, from who has it by signature:
-- rows are told apart by all that they say, and no longer by the name that they claim
alter table stewardship.law drop constraint law_pkey;
alter table stewardship.law add column id bigint generated always as identity primary key;
create unique index law_by_content on stewardship.law (version, signer, signature, md5(text));
