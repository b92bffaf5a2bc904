package io.sluice.app.cli;

/** For commands that show something of their own: only faults of ours are logged, not that a sandbox partner was silent. */
final class Quiet {

    private Quiet() {}

    /** To be asked for before anything that logs is touched: the logging configuration is read once. */
    static void please() {
        if (System.getProperty("sluice.log") == null) {
            System.setProperty("sluice.log", "ERROR");
        }
    }
}
