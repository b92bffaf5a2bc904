/**
 * What a node is told before it starts: one tree of records, read whole and checked whole.
 *
 * <p>Values come, in this order, from flags, from the environment ({@code payments.sandbox.webhook_secret} is
 * {@code SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET}, or with the suffix {@code _FILE} the name of a file to read it from), from
 * the YAML file, and from the defaults in the decoders here. Every problem of every source is collected and told in one
 * {@link io.sluice.app.config.ConfigRefused}, with the key, the place and what to do; nothing starts on half a
 * configuration. A key or variable that nobody asks for is a problem too.
 *
 * <p>This room never opens a connection, never makes a secret and never prints one: secrets are
 * {@link io.sluice.app.config.Secret}. Outside the development profile nothing here has a default password, key or secret.
 * Only {@code app} may enter; other rooms get settings records of their own from the wiring.
 *
 * <p>Start reading at {@link io.sluice.app.config.Config}, then {@code Section}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.config;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
