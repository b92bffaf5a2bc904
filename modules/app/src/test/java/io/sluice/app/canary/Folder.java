package io.sluice.app.canary;

import io.sluice.app.canary.Search.Find;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every file below a folder; and a copy of them all. */
final class Folder {

    private final Path root;
    private final List<Path> without;

    Folder(Path root, Path... without) {
        this.root = root;
        this.without = List.of(without);
    }

    /** The names of files count as well as what is in them. */
    List<Find> search(Search search) throws IOException {
        List<Find> finds = new ArrayList<>();
        for (Path file : files()) {
            String name = root.relativize(file).toString();
            finds.addAll(search.in("name of " + name, name));
            try {
                finds.addAll(search.in(name, file));
            } catch (NoSuchFileException gone) {
                // a running server puts its files away as it likes
            }
        }
        return finds;
    }

    /** Copies what is there now, as a base backup does: files may change or go meanwhile. */
    void copyTo(Path target) throws IOException {
        for (Path file : files()) {
            Path copy = target.resolve(root.relativize(file).toString());
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            try {
                Files.copy(file, copy);
            } catch (NoSuchFileException gone) {
                // as above
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> without.stream().noneMatch(file::startsWith))
                    .toList();
        }
    }
}
