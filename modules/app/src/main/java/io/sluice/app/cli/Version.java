package io.sluice.app.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Sluice this is, and on which Java it runs. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(SluiceCommand.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
        return new String[] {"Sluice " + version, "Java " + Runtime.version()};
    }
}
