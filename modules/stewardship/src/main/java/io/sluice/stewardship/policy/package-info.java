/**
 * Reads the law: one YAML file per version, held against the catalogue of fields that the code knows, into the
 * {@link io.sluice.kernel.Policy} that decides and the rules that go with it.
 *
 * <p>Nothing is decided here and nothing is guessed: an unknown word, a missing rule, a level or owner that differs from the
 * code's makes the file invalid, and all problems are reported together, each with its line. An invalid law stops the start;
 * the law in force stays in force. Whether every handler keeps the law is for {@link io.sluice.kernel.PolicyCheck} to say.
 *
 * <p>A version is law only with a trusted signature, and only if it acknowledges by name what it widens of the version before
 * ({@link io.sluice.stewardship.policy.LawDiff}); once released it never changes ({@link io.sluice.stewardship.policy.LawArchive}).
 *
 * <p>Which version is in force is said from moment to moment by {@link io.sluice.stewardship.policy.LawSwitch}, by the database's
 * clock; {@link io.sluice.stewardship.policy.LawVerticle} keeps it up. Without a database it goes by what it read last for ten
 * seconds; then another version may be in force that it has not heard of, and it grants nothing.
 *
 * <p>Whoever needs the law is given a {@link io.sluice.stewardship.policy.Law}; only the wiring reads files. Start reading at
 * {@link io.sluice.stewardship.policy.LawFolder}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
