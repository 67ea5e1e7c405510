package io.bascule.aws.configure;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/**
 * One parameter of the Parameter Store, by the field {@code value}. Its type is kept; a SecureString is refused, for its
 * value would stand in the journal. There is no conditional write, but versions: one that someone else wrote between our
 * read and our write is found by its number and told.
 */
final class ParameterValue extends OneField {
    private final String name;

    ParameterValue(Clients clients, Calls calls, String region, String name) {
        super(clients, calls, region, Set.of("value"));
        this.name = name;
    }

    @Override
    protected Call<Found<Parameter>> read(Deadline deadline) {
        Call<List<Parameter>> told = calls.send(
                        deadline,
                        within -> clients.parameters(region)
                                .getParameter(get -> get.name(name).overrideConfiguration(within)))
                .map(answer -> Stream.ofNullable(answer.parameter())
                        .filter(each -> each.value() != null && each.version() != null)
                        .toList());
        return Call.first(told, name + ": its value and version are not told").then(this::found);
    }

    private Call<Found<Parameter>> found(Parameter parameter) {
        if (parameter.type() == ParameterType.SECURE_STRING) {
            return new Call.Rejected<>(
                    "", name + " is a SecureString: keep it in Secrets Manager and move its version", false);
        }
        Image image = Image.of("value", parameter.value())
                .withContext("version", "" + parameter.version())
                .withContext("type", "" + parameter.typeAsString());
        return new Call.Answered<>(new Found<>(image, parameter));
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        Parameter before = (Parameter) found.value();
        Call<PutParameterResponse> call = calls.send(
                deadline,
                within -> clients.parameters(region)
                        .putParameter(put -> put.name(name)
                                .value(wanted.get("value"))
                                .type(before.type())
                                .overwrite(true)
                                .overrideConfiguration(within)));
        return call.outcome(answer -> answer.version() == before.version() + 1
                ? "version " + answer.version()
                : "version " + answer.version() + "; LOST: " + (answer.version() - before.version() - 1)
                        + " version(s) that someone else wrote meanwhile, from " + (before.version() + 1) + " on");
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        return simulated("ssm:PutParameter", ((Parameter) found.value()).arn(), deadline);
    }
}
