package io.bascule.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Channel;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Message;
import io.bascule.core.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every {@link Channel} keeps to. */
public abstract class ChannelConformance {
    protected abstract Channel channel() throws Exception;

    /** The text of every message that has arrived, in any form that contains subject and body. */
    protected abstract List<String> arrived() throws Exception;

    /** False where the medium cannot tell a repeated key. */
    protected boolean knowsKeys() {
        return true;
    }

    protected Instant now() {
        return Instant.now();
    }

    private Outcome send(String key, String subject, String body) throws Exception {
        Message message = new Message(key, "team", "ana", subject, body, "you are on call");
        return channel().send(message, Deadline.after(now(), Duration.ofSeconds(10)));
    }

    @Test
    void a_message_arrives_whole() throws Exception {
        assertThat(send("run/7/team/ana", "The freeze began", "Writes wait since 02:10.\nNothing is lost — «ok»."))
                .isInstanceOf(Outcome.Done.class);
        assertThat(arrived()).hasSize(1);
        assertThat(arrived().getFirst()).contains("The freeze began", "Writes wait since 02:10.", "«ok»");
    }

    @Test
    void the_same_key_twice_has_the_effect_of_once() throws Exception {
        Assumptions.assumeTrue(knowsKeys());
        assertThat(send("run/7/team/ana", "once", "body")).isInstanceOf(Outcome.Done.class);
        assertThat(send("run/7/team/ana", "once", "body")).isInstanceOf(Outcome.Done.class);
        assertThat(arrived()).hasSize(1);
    }

    @Test
    void keys_that_look_alike_are_two_messages() throws Exception {
        send("run/7", "first", "body");
        send("run_7", "second", "body");
        send("run/../7", "third", "body");
        assertThat(arrived()).hasSize(3);
    }
}
