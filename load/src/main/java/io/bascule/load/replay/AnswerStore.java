package io.bascule.load.replay;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The answers of one side, on disk, so that a long recording needs no memory; in memory is where each begins. For several threads. */
final class AnswerStore implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final Path file;
    private final OutputStream out;
    private final long[] places;
    private long end;

    AnswerStore(Path file, int requests) throws IOException {
        this.file = file;
        out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        places = new long[requests];
        Arrays.fill(places, -1);
    }

    synchronized void put(long arrival, Answer answer) {
        var bytes = new ByteArrayOutputStream();
        try {
            answer.write(new DataOutputStream(bytes));
            places[(int) arrival] = end;
            bytes.writeTo(out);
            end += bytes.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For reading, when all has been put. */
    synchronized Reader reader() throws IOException {
        out.flush();
        return new Reader(new RandomAccessFile(file.toFile(), "r"));
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }

    /** Reads answers by their arrival's number. */
    final class Reader implements AutoCloseable {
        private final RandomAccessFile in;

        private Reader(RandomAccessFile in) {
            this.in = in;
        }

        /** Empty where the run ended first. */
        Optional<Answer> get(int arrival) throws IOException {
            if (places[arrival] < 0) {
                return Optional.empty();
            }
            in.seek(places[arrival]);
            byte[] some = new byte[BUFFER];
            int read = in.read(some);
            return Optional.of(Answer.read(
                    new java.io.DataInputStream(new java.io.ByteArrayInputStream(some, 0, Math.max(0, read)))));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
