package io.sluice.app;

import io.sluice.app.cli.SluiceCommand;

/** The process's entrance. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        int code = SluiceCommand.execute(arguments);
        // whatever thread a failed start left behind must not keep the process
        System.exit(code);
    }
}
