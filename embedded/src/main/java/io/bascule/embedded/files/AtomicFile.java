package io.bascule.embedded.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Replaces a file as a whole: readers see all of it before or all of it after, also over a power cut. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes beside the file, forces to disk, renames over it, forces the directory. Permissions of the file there are
     * kept; a symbolic link stays one.
     *
     * @throws NotForced when it was replaced already; any other exception means that it was not
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = real.getParent();
        if (folder == null) {
            throw new IOException(file + " has no directory");
        }
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "." + real.getFileName(), ".part");
        try {
            copyPermissions(real, beside);
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        try {
            force(folder);
        } catch (IOException e) {
            throw new NotForced(e);
        }
    }

    /** The file was replaced; whether a power cut would undo that is not known. */
    public static final class NotForced extends IOException {
        private static final long serialVersionUID = 1L;

        NotForced(IOException cause) {
            super("replaced, but not forced to disk: " + cause.getMessage(), cause);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
