/**
 * Says by when the shop has to do what a person asked for, by the law of where they live (clause D7).
 *
 * <p>What is counted, from when, whether it pauses and by how much it may be extended stands in the law
 * ({@link io.sluice.stewardship.policy.ClockRule}); this room only reckons. The day of the start is not counted (Regulation (EEC,
 * Euratom) 1182/71, Article 3(1)). Months end on the corresponding day, and on the month's last where it has none (Article 3(2)(c)).
 * Business days are Mondays to Fridays that are no public holiday. A term ends with the last moment of its last day, in the one of
 * the place's time zones where that comes first; where the rule says so, a last day that is no working day moves to the next
 * (Article 3(4)).
 *
 * <p>Nothing here is ever without an answer: where the place, its clock or its calendar is not known, the strictest of all that is
 * known holds, the answer says so ({@link io.sluice.stewardship.deadline.Fallback}), so that staff see it, and the log warns once.
 *
 * <p>This room stores nothing, reads no clock and knows no person; it logs no country, which is somebody's. Anybody may ask it.
 * Holidays come by the port {@link io.sluice.stewardship.deadline.Holidays}. Start reading at
 * {@link io.sluice.stewardship.deadline.Deadlines}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.deadline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
