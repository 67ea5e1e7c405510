package io.bascule.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two megabytes beside an SQLite store, given up when the disk is full: room for some five thousand entries more, so
 * that a way back can be finished. Laid down again at the next opening that finds the room.
 */
final class Ballast {
    static final int SIZE = 2 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);

    private final Optional<Path> file;

    private Ballast(Optional<Path> file) {
        this.file = file;
    }

    static Ballast none() {
        return new Ballast(Optional.empty());
    }

    /** Beside the store's file. A full disk is no reason not to open the store. */
    static Ballast beside(Path store) {
        Path path = store.toAbsolutePath().resolveSibling(store.getFileName() + ".ballast");
        try {
            lay(path);
        } catch (IOException e) {
            LOG.warn("no room for {}: {}", path.getFileName(), e.getMessage());
        }
        return new Ballast(Optional.of(path));
    }

    private static void lay(Path path) throws IOException {
        if (Files.exists(path) && Files.size(path) == SIZE) {
            return;
        }
        if (Files.getFileStore(path.getParent()).getUsableSpace() < 4L * SIZE) {
            throw new IOException("less than " + 4 * SIZE + " bytes are free");
        }
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer block = ByteBuffer.allocate(64 << 10);
            for (int written = 0; written < SIZE; written += block.capacity()) {
                while (block.hasRemaining()) {
                    channel.write(block);
                }
                block.clear();
            }
            channel.force(false);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Gives the room up. True when there was some. */
    boolean drop() {
        try {
            boolean dropped = file.isPresent() && Files.deleteIfExists(file.get());
            if (dropped) {
                LOG.error("the disk under the store is full: the ballast is given up, free some space now");
            }
            return dropped;
        } catch (IOException e) {
            LOG.error("the ballast could not be deleted: {}", e.getMessage());
            return false;
        }
    }
}
