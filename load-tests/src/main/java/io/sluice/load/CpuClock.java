package io.sluice.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Processor time of the three parties, from {@code /proc}; nothing where there is none.
 *
 * @param node of the node's process
 * @param postgres of the server with all its children
 * @param generator of this process, and of children of it that have ended, such as {@code pgbench}
 * @param others of everybody else on the machine: what does not belong into a measurement
 */
record CpuClock(double node, double postgres, double generator, double others) {

    private static final Path PROC = Path.of("/proc");
    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS = 100;

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    /** user, nice, system, irq, softirq, steal, in the first line of {@code /proc/stat} */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    static CpuClock read(long node, long postmaster) {
        if (!Files.exists(PROC.resolve("stat"))) {
            return new CpuClock(0, 0, 0, 0);
        }
        String[] self = fields(PROC.resolve("self"));
        double generator =
                ticks(self, USER) + ticks(self, SYSTEM) + ticks(self, CHILDREN_USER) + ticks(self, CHILDREN_SYSTEM);
        double ofNode = own(node);
        double ofServer = server(postmaster);
        return new CpuClock(ofNode, ofServer, generator, machine() - ofNode - ofServer - generator);
    }

    /** All that was not idle, and what a host took away from this machine. */
    private static double machine() {
        try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
            String[] all = lines.findFirst().orElseThrow().split(" +");
            double busy = 0;
            for (int i : BUSY) {
                busy += Long.parseLong(all[i]) / TICKS;
            }
            return busy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CpuClock since(CpuClock before) {
        return new CpuClock(
                node - before.node, postgres - before.postgres, generator - before.generator, others - before.others);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "node %.1f s, postgres %.1f s, generator %.1f s, others %.1f s",
                node,
                postgres,
                generator,
                others);
    }

    private static double own(long pid) {
        String[] fields = fields(PROC.resolve(Long.toString(pid)));
        return fields.length == 0 ? 0 : ticks(fields, USER) + ticks(fields, SYSTEM);
    }

    /** Backends that have ended are in the postmaster's account of its children. */
    private static double server(long postmaster) {
        String[] first = fields(PROC.resolve(Long.toString(postmaster)));
        if (first.length == 0) {
            return 0;
        }
        double sum =
                ticks(first, USER) + ticks(first, SYSTEM) + ticks(first, CHILDREN_USER) + ticks(first, CHILDREN_SYSTEM);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String[] fields = fields(process);
                if (fields.length > 0 && fields[PARENT].equals(Long.toString(postmaster))) {
                    sum += ticks(fields, USER) + ticks(fields, SYSTEM);
                }
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double ticks(String[] fields, int index) {
        return Long.parseLong(fields[index]) / TICKS;
    }

    /** The fields behind the name, which may itself hold blanks and brackets; none if the process is gone. */
    private static String[] fields(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (NoSuchFileException gone) {
            return new String[0];
        } catch (IOException ended) {
            // it ended while it was read
            return new String[0];
        }
    }
}
