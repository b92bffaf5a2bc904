-- The fence between a turn of the law and what was decided before it (clause E2): an effect that was decided by the version before is
-- not committed once this clock shows the instant of the next. Whoever asks again gets a decision by the version in force. What
-- comes between this look at the clock and the commit is the rest of one round trip's statements, less than the tolerance of the
-- clocks within which both versions hold.
create function stewardship.require_law(until timestamptz) returns void language plpgsql as
$$
begin
    if clock_timestamp() >= until then
        raise exception 'decided by a law that another has followed since' using errcode = 'SL001';
    end if;
end
$$;
