package io.bascule.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/**
 * Names a worker so that nobody else ever has the name, and so that another process on the same machine can tell
 * whether it is dead: {@code host:pid:start}, at most 50 characters. The host's part tells machines and process
 * namespaces apart; the start is counted in ticks since the machine's boot where the system says so, because instants
 * of it shift with the wall clock.
 */
final class WorkerName {
    private static final int LONGEST = 50;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private WorkerName() {}

    /** A new name for a worker of this process. */
    static String fresh() {
        String name = of(ProcessHandle.current().pid()) + "." + COUNT.incrementAndGet();
        if (name.length() > LONGEST) {
            throw new IllegalStateException("the name would be cut: " + name);
        }
        return name;
    }

    /** The name's beginning for all workers of a process of this machine. */
    static String of(long pid) {
        return host() + ":" + pid + ":" + start(pid).orElse("0");
    }

    /** True only when it was a process of this machine and is certainly gone. */
    static boolean deadHere(String name) {
        List<String> parts = List.of(name.split(":"));
        if (parts.size() != 3
                || !parts.getFirst().equals(host())
                || !parts.get(1).matches("\\d{1,18}")) {
            return false;
        }
        String start = parts.get(2).split("\\.")[0];
        Optional<String> running = start(Long.parseLong(parts.get(1)));
        return !start.equals("0") && !running.equals(Optional.of(start));
    }

    private static String host() {
        String host = "localhost";
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unnamed";
        }
        String word = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String space = link("/proc/self/ns/pid");
        return word.substring(0, Math.min(12, word.length())) + "-" + hash(host + space);
    }

    /** When the process of that number began, as an opaque word; empty when there is none. */
    private static Optional<String> start(long pid) {
        Optional<String> stat = text("/proc/" + pid + "/stat");
        if (stat.isPresent()) {
            String[] fields =
                    stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ");
            String ticks = Long.toString(Long.parseLong(fields[19]), 36);
            boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
            String boot =
                    hash(text("/proc/sys/kernel/random/boot_id").orElse("")).substring(0, 4);
            return zombie ? Optional.empty() : Optional.of(ticks + "b" + boot);
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(instant -> Long.toString(instant.getEpochSecond(), 36));
    }

    private static Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(Path.of(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String link(String path) {
        try {
            return Files.readSymbolicLink(Path.of(path)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String hash(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue()).substring(0, 6);
    }
}
