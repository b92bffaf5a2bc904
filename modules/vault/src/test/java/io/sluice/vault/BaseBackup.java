package io.sluice.vault;

import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A base backup of a running server, as {@code pg_basebackup} makes them: the embedded distribution has no such program. */
final class BaseBackup {

    private BaseBackup() {}

    /**
     * @param from the directory that the server was started on
     * @param to becomes a directory that a server can be started on
     */
    static void take(EmbeddedPostgres server, Path from, Path to) throws IOException, SQLException {
        DatabaseSettings at = server.settings("postgres");
        try (Connection connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('test', fast => true)");
            copy(from.resolve("data"), to.resolve("data"), false);
            String label;
            try (ResultSet stopped =
                    statement.executeQuery("select labelfile from pg_backup_stop(wait_for_archive => false)")) {
                stopped.next();
                label = stopped.getString(1);
            }
            // what was written while files were copied
            copy(from.resolve("data/pg_wal"), to.resolve("data/pg_wal"), true);
            Files.writeString(to.resolve("data/backup_label"), label);
        }
        Files.copy(from.resolve("password"), to.resolve("password"));
    }

    private static void copy(Path from, Path to, boolean isWal) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copy = Files.createDirectories(to.resolve(from.relativize(folder)));
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                boolean isLeftOut = relative.startsWith("postmaster.pid")
                        || relative.startsWith("postmaster.opts")
                        || !isWal && relative.startsWith("pg_wal");
                if (!isLeftOut) {
                    Files.copy(
                            file,
                            to.resolve(relative),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                // a running server removes files; what is missing is in its log
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
