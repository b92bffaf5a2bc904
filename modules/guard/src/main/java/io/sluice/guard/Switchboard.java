package io.sluice.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The addresses that this node serves or asks, by name. One name means one declaration. */
final class Switchboard {

    private final Minimisation minimisation;
    private final Map<String, Line> served = new ConcurrentHashMap<>();
    private final Map<String, Line> asked = new ConcurrentHashMap<>();

    Switchboard(Minimisation minimisation) {
        this.minimisation = minimisation;
    }

    void serves(Address<?, ?> address) {
        add(served, address, false);
    }

    void asks(Address<?, ?> address) {
        add(asked, address, true);
    }

    private void add(Map<String, Line> lines, Address<?, ?> address, boolean isReply) {
        Line known = lines.get(address.name());
        if (known == null) {
            known = lines.computeIfAbsent(
                    address.name(), name -> new Line(address, minimisation.watch(address, isReply)));
        }
        if (known.address() != address) {
            throw new IllegalStateException("two declarations of address " + address.name());
        }
    }

    @Nullable Line served(String name) {
        return served.get(name);
    }

    @Nullable Line asked(String name) {
        return asked.get(name);
    }
}
