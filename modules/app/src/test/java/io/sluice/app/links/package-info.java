/** Every link of a node, with and without TLS, on real sockets: what is clause B2's to show. */
@NullMarked
package io.sluice.app.links;

import org.jspecify.annotations.NullMarked;
