package io.engram.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once beside the archive that they come in. */
final class PostgresBinaries {
    private static final int OWNER_EXECUTABLE = 0100;

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    static PostgresBinaries unpacked(Path archive) {
        Path folder = archive.resolveSibling(archive.getFileName().toString().replace(".txz", ""));
        if (!Files.isDirectory(folder)) {
            unpack(archive, folder);
        }
        return new PostgresBinaries(folder);
    }

    /**
     * The command that runs one of its programs. PostgreSQL refuses to run as root; in a user namespace without a mapping
     * it sees an ordinary user, who owns the same files.
     */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            Path unshare = OwnProcessGroup.program("unshare")
                    .orElseThrow(
                            () -> new LocalStackException("PostgreSQL does not run as root, and there is no `unshare`"
                                    + " (package util-linux) to run it otherwise. Run as another user."));
            command.addAll(List.of(unshare.toString(), "--user"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return System.getProperty("user.name").equals("root");
        }
    }

    /** Unpacks aside and renames, so that others see all of it or nothing; of several that do so at once, one wins. */
    private static void unpack(Path archive, Path folder) {
        try {
            Path aside = Files.createTempDirectory(archive.getParent(), "unpacking-");
            extract(archive, aside);
            move(aside, folder);
        } catch (IOException e) {
            throw new LocalStackException("Cannot unpack " + archive + ": " + e.getMessage(), e);
        }
    }

    private static void move(Path aside, Path folder) throws IOException {
        try {
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // JDK 17 names no kind of exception where the folder is there and not empty.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            TemporaryFolders.delete(aside);
        }
    }

    private static void extract(Path archive, Path target) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, within(target, entry));
            }
        }
    }

    private static Path within(Path target, TarArchiveEntry entry) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the entry " + entry.getName() + " leads out of the archive");
        }
        return path;
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
        if ((entry.getMode() & OWNER_EXECUTABLE) != 0) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(path, permissions);
        }
    }
}
