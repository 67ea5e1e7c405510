package io.bascule.load;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;

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

    /** Of all the steps there are: a sixtieth of the weight and less. */
    private static final int STEPS_BACK = 19;

    private Turns() {}

    /**
     * At once: in short slices (6.12 and later; earlier kernels take no notice). It gets no more of the processor than
     * before, but gets it when it wakes, where a compiler thread or a neighbour would finish theirs of up to 4 ms first.
     * Answers whether it could be asked for.
     */
    static boolean atOnce() {
        long[] calls = CALLS.get(System.getProperty("os.arch"));
        if (calls == null || !System.getProperty("os.name").equals("Linux")) {
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
    @SuppressWarnings("restricted") // one call without pointers
    static boolean afterOthers() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false; // elsewhere it is the whole process that would wait
        }
        Linker linker = Linker.nativeLinker();
        try {
            MethodHandle nice = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("nice"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int _ = (int) nice.invokeExact(STEPS_BACK);
            return true;
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
