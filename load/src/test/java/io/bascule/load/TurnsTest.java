package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TurnsTest {

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void linux_takes_the_wish_and_the_thread_keeps_its_priority() throws Exception {
        String nice = nice();
        assertThat(Turns.atOnce()).isTrue();
        assertThat(nice()).isEqualTo(nice);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_thread_that_asks_for_it_comes_after_all_others_and_no_other_does() throws Exception {
        String before = nice();
        var after = new AtomicReference<>("");
        Thread last = Thread.ofPlatform().start(() -> {
            assertThat(Turns.afterOthers()).isTrue();
            after.set(nice());
        });
        last.join();
        assertThat(Integer.parseInt(after.get())).isEqualTo(Math.min(19, Integer.parseInt(before) + 15));
        assertThat(nice()).isEqualTo(before);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_threads_that_compile_come_after_all_others_and_no_other_does() {
        String before = nice();
        assertThat(Turns.compilersAfterOthers()).isPositive();
        assertThat(nice()).isEqualTo(before);
    }

    private static String nice() {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/thread-self/stat"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
    }
}
