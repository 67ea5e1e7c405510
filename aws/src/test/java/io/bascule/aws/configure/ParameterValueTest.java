package io.bascule.aws.configure;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** What the servers never answer; what they do is in {@code ConfigurationServerTest}. */
class ParameterValueTest {

    private static Reading read(UnaryOperator<GetParameterResponse.Builder> answer) {
        var parameters = new SsmClient() {
            @Override
            public GetParameterResponse getParameter(GetParameterRequest request) {
                return answer.apply(GetParameterResponse.builder()).build();
            }

            @Override
            public String serviceName() {
                return "ssm";
            }

            @Override
            public void close() {}
        };
        var value = new ParameterValue(
                Clients.of(parameters), new Calls(Clock.systemUTC()), "eu-central-1", "/shop/target/mode");
        return value.observe(Deadline.after(Instant.now(), Duration.ofSeconds(5)));
    }

    private static Parameter.Builder parameter() {
        return Parameter.builder().type(ParameterType.STRING).value("dark").version(3L);
    }

    @Test
    void its_value_is_told_with_its_version() {
        assertThat(read(answer -> answer.parameter(parameter().build())))
                .isInstanceOfSatisfying(Reading.Seen.class, seen -> {
                    assertThat(seen.image().get("value")).isEqualTo("dark");
                    assertThat(seen.image().context()).containsEntry("version", "3");
                });
    }

    @Test
    void an_answer_without_parameter_value_or_version_is_unseen() {
        assertThat(read(answer -> answer)).isInstanceOf(Reading.Unseen.class);
        assertThat(read(answer -> answer.parameter(parameter().value(null).build())))
                .isInstanceOf(Reading.Unseen.class);
        assertThat(read(answer -> answer.parameter(parameter().version(null).build())))
                .isInstanceOf(Reading.Unseen.class);
    }

    @Test
    void a_secure_string_is_unseen_and_its_value_is_not_told() {
        assertThat(read(answer -> answer.parameter(
                        parameter().type(ParameterType.SECURE_STRING).build())))
                .isInstanceOfSatisfying(
                        Reading.Unseen.class,
                        unseen -> assertThat(unseen.why())
                                .contains("SecureString")
                                .doesNotContain("dark"));
    }
}
