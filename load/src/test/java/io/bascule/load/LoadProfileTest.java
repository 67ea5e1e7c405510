package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadProfileTest {

    private static final LoadProfile PROFILE = LoadProfile.of(URI.create("http://shop.example:8080/"), 500);

    @Test
    void defaults_are_explicit() {
        assertThat(PROFILE.duration()).isNull();
        assertThat(PROFILE.connections()).isEqualTo(1_000);
        assertThat(PROFILE.connectTimeOut()).isEqualTo(Duration.ofSeconds(5));
        assertThat(PROFILE.timeOut()).isEqualTo(Duration.ofSeconds(30));
        assertThat(PROFILE.eventLoops()).isEqualTo(1);
        assertThat(LoadProfile.of(PROFILE.target(), 0.5).connections()).isEqualTo(8);
        assertThat(PROFILE.authority()).isEqualTo("shop.example:8080");
    }

    @Test
    void what_cannot_be_run_is_refused_with_the_value_and_the_rule() {
        assertThatThrownBy(() -> LoadProfile.of(URI.create("ftp://shop.example/"), 1))
                .hasMessageContaining("http URL");
        assertThatThrownBy(() -> LoadProfile.of(URI.create("http:/path"), 1)).hasMessageContaining("host");
        assertThatThrownBy(() -> LoadProfile.of(PROFILE.target(), 0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> LoadProfile.of(PROFILE.target(), Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> PROFILE.withConnections(0)).hasMessageContaining("connections");
        assertThatThrownBy(() -> PROFILE.withEventLoops(0)).hasMessageContaining("event loops");
        assertThatThrownBy(() -> PROFILE.lasting(Duration.ZERO)).hasMessageContaining("duration");
        assertThatThrownBy(() -> PROFILE.withTimeOuts(Runs.SECOND, Duration.ofSeconds(61)))
                .hasMessageContaining("60 s");
    }
}
