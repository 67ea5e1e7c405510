package io.bascule.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.MeterAddress.Word;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeterAddressTest {
    private static MeterAddress of(String text) {
        return MeterAddress.of(text).orElseThrow();
    }

    @Test
    void values_are_taken_as_they_are_or_decoded() {
        assertThat(of("Cloudwatch:eu-central-1?namespace=AWS/ECS&Name=a%26b%C3%A9&stat=p99.9"))
                .isEqualTo(new MeterAddress(
                        "cloudwatch",
                        "eu-central-1",
                        List.of(
                                new Word("namespace", "AWS/ECS"),
                                new Word("Name", "a&bé"),
                                new Word("stat", "p99.9"))));
        assertThat(of("http://p:9090/?query=a % 2 + b%20").get("query")).hasValue("a % 2 + b%20");
        assertThat(of("http://p:9090/?query=sum(a{b=\"x&y\",c='\\'&'})&step=5s").words())
                .containsExactly(new Word("query", "sum(a{b=\"x&y\",c='\\'&'})"), new Word("step", "5s"));
    }

    @Test
    void paths_are_no_addresses() {
        assertThat(MeterAddress.of("figures/cpu.csv")).isEmpty();
        assertThat(MeterAddress.of("./a:b")).isEmpty();
        assertThat(MeterAddress.of("")).isEmpty();
    }

    @Test
    void everything_that_is_wrong_with_the_words_is_told() {
        assertThat(of("x:y?perod=60&stat&stat=Sum&zzzzzzzz=1&&").problems(List.of("period", "stat")))
                .containsExactly(
                        "'perod' is not known here; did you mean 'period'?",
                        "'stat' has no value",
                        "'stat' is written twice",
                        "'zzzzzzzz' is not known here; known here: period, stat");
        assertThat(of("x:y?unit=Percent").unitProblems()).hasSize(1);
        assertThat(of("x:y?unit=percent").scale(Meter.Scale.UNSAID)).isEqualTo(Meter.Scale.PERCENT);
        assertThat(of("x:y").scale(Meter.Scale.UNSAID)).isEqualTo(Meter.Scale.UNSAID);
    }

    @Test
    void any_text_is_read_or_is_none() {
        long seed = 20261122;
        Random random = new Random(seed);
        String letters = "a:?&=%2\"'\\`é0F ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("m:");
            for (int j = random.nextInt(14); j > 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            MeterAddress address = of(text.toString());
            assertThat(address.problems(List.of()).size())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(address.words().size());
        }
    }
}
