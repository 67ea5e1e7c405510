package io.bascule.load;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** How Linux is asked to give the calling thread its turns on a busy processor. Needs no right. */
final class Turns {

    /** The shortest that Linux grants. */
    private static final long NANOS = 100_000;

    /** struct sched_attr as of its first version. */
    private static final int ATTRIBUTES_BYTES = 48;

    private static final int POLICY_AT = 4;
    private static final int RUNTIME_AT = 24;
    private static final int POLICY_OTHER = 0;

    /** System calls by processor: those that read and that set. */
    private static final Map<String, long[]> CALLS =
            Map.of("amd64", new long[] {315, 314}, "aarch64", new long[] {275, 274});

    /** Each is a fifth less of the processor when it is asked for by more than one: these are a thirtieth. */
    private static final int STEPS_BACK = 15;

    private static final int LAST = 19;

    /** What Linux means by its numbers: PRIO_PROCESS is one thread, and 0 the one that asks. */
    private static final int A_THREAD = 0;

    private static final int SELF = 0;

    private Turns() {}

    /**
     * At once: in short slices (6.12 and later; earlier kernels take no notice). It gets no more of the processor than
     * before, but gets it when it wakes, where a compiler thread or a neighbour would finish theirs of up to 4 ms first.
     * Answers whether it could be asked for.
     */
    static boolean atOnce() {
        long[] calls = CALLS.get(System.getProperty("os.arch"));
        if (calls == null || !isLinux()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call = systemCall();
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            long read = (long) call.invokeExact(calls[0], 0L, attributes, (long) ATTRIBUTES_BYTES, 0L);
            if (read != 0 || attributes.get(ValueLayout.JAVA_INT, POLICY_AT) != POLICY_OTHER) {
                return false;
            }
            attributes.set(ValueLayout.JAVA_LONG, RUNTIME_AT, NANOS);
            return (long) call.invokeExact(calls[1], 0L, attributes, 0L, 0L) == 0;
        } catch (Throwable _) {
            return false; // the lateness shows what that costs
        }
    }

    /** After all others. Answers whether it could be asked for. */
    static boolean afterOthers() {
        return isLinux() && stepBack(SELF); // elsewhere it is the whole process that would wait
    }

    /** The same for the threads of this JVM that compile. Answers how many there are. */
    static int compilersAfterOthers() {
        if (!isLinux()) {
            return 0;
        }
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return (int) threads.filter(Turns::compiles)
                    .map(thread -> Integer.parseInt(thread.getFileName().toString()))
                    .filter(Turns::stepBack)
                    .count();
        } catch (IOException _) {
            return 0; // the lateness shows what that costs
        }
    }

    /** HotSpot calls them so. */
    private static boolean compiles(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
        } catch (IOException _) {
            return false; // it has ended
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    @SuppressWarnings("restricted") // two calls without pointers
    private static boolean stepBack(int thread) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup libc = linker.defaultLookup();
        try {
            MethodHandle read = linker.downcallHandle(
                    libc.findOrThrow("getpriority"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            MethodHandle set = linker.downcallHandle(
                    libc.findOrThrow("setpriority"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int now = (int) read.invokeExact(A_THREAD, thread);
            return (int) set.invokeExact(A_THREAD, thread, Math.min(LAST, now + STEPS_BACK)) == 0;
        } catch (Throwable _) {
            return false; // the lateness shows what that costs
        }
    }

    @SuppressWarnings("restricted") // two system calls whose arguments are built here
    private static MethodHandle systemCall() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    }
}
