package io.sluice.app.certificates;

import java.util.Locale;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a certificate is for. Each use has an authority of its own: whoever the nodes' authority has signed is a node, and no
 * server shall be one.
 */
public enum Use {
    /** A server that is known by its name: the API, PostgreSQL. */
    SERVERS(KeyPurposeId.id_kp_serverAuth),
    /** A node on the bus, at either end of a connection. */
    NODES(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);

    private final KeyPurposeId[] purposes;

    Use(KeyPurposeId... purposes) {
        this.purposes = purposes;
    }

    String authority() {
        return "CN=Sluice development authority of " + folder();
    }

    String bearer() {
        return "CN=Sluice development " + folder();
    }

    /** The name of the authority's folder. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    KeyPurposeId[] purposes() {
        return purposes.clone();
    }
}
