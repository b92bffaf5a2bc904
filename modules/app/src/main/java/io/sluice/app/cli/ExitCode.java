package io.sluice.app.cli;

/** What a command's end says to the shell. */
public final class ExitCode {

    /** It did what was asked; a node that was told to stop did so cleanly. */
    public static final int OK = 0;

    /** It failed, or did not end as it should. */
    public static final int FAILED = 1;

    /** The command line was not understood. */
    public static final int USAGE = 2;

    /** The configuration cannot be used (EX_CONFIG of {@code sysexits.h}). */
    public static final int CONFIG = 78;

    private ExitCode() {}
}
