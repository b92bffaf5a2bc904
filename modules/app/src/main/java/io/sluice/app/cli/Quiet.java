package io.sluice.app.cli;

/** For commands that show something of their own: only warnings are logged. */
final class Quiet {

    private Quiet() {}

    /** To be asked for before anything that logs is touched: the logging configuration is read once. */
    static void please() {
        if (System.getProperty("sluice.log") == null) {
            System.setProperty("sluice.log", "WARN");
        }
    }
}
