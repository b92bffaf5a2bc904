-- documents of version 5 may hold what came with each line, shipping and tax, and how much of a refund is tax; until now prices were
-- all that there was, and no tax was known
update commerce.orders set document = document || '{"v": 5}' where (document ->> 'v')::int = 4;
