/**
 * X.509 certificates: those that development makes for itself, and whether one that somebody brought can be used.
 *
 * <p>Two authorities, because a node is whoever the nodes' authority has signed: servers that are known by their names (the
 * API, PostgreSQL) are signed by the other one. Everything lies in one folder, keys mode 0600, and is made when it is missing;
 * production makes nothing here. Nobody outside the machine should be made to trust these authorities.
 *
 * <p>This room opens no connection: {@code cluster} and {@code node} put certificates to use, {@code cli} shows them. What cannot
 * be used is an {@link java.lang.IllegalArgumentException} that says why; a folder that cannot be written an
 * {@link java.io.UncheckedIOException}.
 *
 * <p>Start reading at {@link io.sluice.app.certificates.DevelopmentCertificates}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.certificates;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
