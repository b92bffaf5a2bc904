package io.sluice.stewardship.policy;

import io.sluice.kernel.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All versions of the law that lie in one folder, {@code <version>.yaml} each, with its signature beside it. */
public final class LawFolder {

    private LawFolder() {}

    /**
     * Reads the law as it stands at an instant. What is in force or to come is held against the fields that the code knows; what
     * has been superseded need only be whole in itself.
     *
     * @throws LawInvalid if any version is not signed by one of the signers or is no law, if one widens what it does not
     *     acknowledge, if two take effect at the same instant, or if none has taken effect yet
     * @throws IOException if the folder or a file cannot be read
     */
    public static Laws read(Path folder, Catalogue catalogue, LawSigners signers, Instant now)
            throws IOException, LawInvalid {
        List<LawReader.Text> texts = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = String.valueOf(file.getFileName());
            String text = Files.readString(file, StandardCharsets.UTF_8);
            texts.add(new LawReader.Text(name, text, LawSignature.of(file)));
        }
        return LawReader.read(String.valueOf(folder.getFileName()), texts, catalogue, signers, now);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(LawFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
