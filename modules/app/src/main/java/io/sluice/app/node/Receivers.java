package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who outside gets what a node sends, by the law's name of them. The law says whose agreement each address stands under, the configuration
 * whom it is sent to: they must be the same, or somebody gets what was agreed on with somebody else.
 */
final class Receivers {

    private static final String PROVIDER = "provider.";
    private static final String CARRIER = "carrier.";

    private Receivers() {}

    static String provider(Config config) {
        return switch (config.payments().provider()) {
            case SANDBOX -> "sandbox-provider";
            case STRIPE -> "stripe";
        };
    }

    static String carrier(Config config) {
        return switch (config.carriers().carrier()) {
            case SANDBOX -> "sandbox-carrier";
        };
    }

    /** Where a version of the law and the configuration name two; empty if they agree. */
    static List<String> findings(Policy policy, Config config) {
        Map<String, String> chosen = Map.of(PROVIDER, provider(config), CARRIER, carrier(config));
        List<String> findings = new ArrayList<>();
        for (Contract contract : policy.contracts().values()) {
            chosen.forEach((addresses, receiver) -> {
                String lawful = contract.partner().orElse(receiver);
                if (contract.address().startsWith(addresses) && !lawful.equals(receiver)) {
                    findings.add(contract.address() + ": goes to " + lawful + " by the law, and to " + receiver + " by "
                            + (addresses.equals(PROVIDER) ? "payments.provider" : "carriers.carrier"));
                }
            });
        }
        return findings.stream().sorted().toList();
    }
}
