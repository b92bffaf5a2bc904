package io.sluice.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The addresses that this node serves or asks, by name. One name means one declaration. */
final class Switchboard {

    private final Map<String, Address<?, ?>> served = new ConcurrentHashMap<>();
    private final Map<String, Address<?, ?>> asked = new ConcurrentHashMap<>();

    void serves(Address<?, ?> address) {
        add(served, address);
    }

    void asks(Address<?, ?> address) {
        add(asked, address);
    }

    private static void add(Map<String, Address<?, ?>> addresses, Address<?, ?> address) {
        Address<?, ?> known = addresses.putIfAbsent(address.name(), address);
        if (known != null && known != address) {
            throw new IllegalStateException("two declarations of address " + address.name());
        }
    }

    @Nullable Address<?, ?> served(String name) {
        return served.get(name);
    }

    @Nullable Address<?, ?> asked(String name) {
        return asked.get(name);
    }
}
