package io.bascule.aws.configure;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.OneField;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.Target;

/**
 * A message at a later time to a topic, by the field {@code at}: an instant, or {@code none} where there is no such
 * schedule. One schedule of EventBridge that goes off once and then is gone; it says that what is left of the source may be
 * removed, and removes nothing. A schedule of that name that is anything else is not touched. Safe for threads.
 */
final class ScheduledReminder extends OneField {
    private static final String AT = "at";
    private static final String NONE = "none";
    private final String name;
    private final String topic;
    private final String role;

    /** @param means {@code name}; {@code topic}, an ARN; {@code role}, the ARN of the role by which it may publish */
    ScheduledReminder(Clients clients, Calls calls, Settings means) {
        super(clients, calls, means.need("region"), Set.of(AT));
        this.name = means.need("name");
        this.topic = means.need("topic");
        this.role = means.need("role");
    }

    @Override
    protected String fault(Image wanted) {
        String at = wanted.owned().getOrDefault(AT, "");
        if (at.equals(NONE)) {
            return super.fault(wanted);
        }
        Optional<Instant> instant = instant(at);
        if (instant.isEmpty() || !instant.get().toString().equals(at)) {
            return "'at' is an instant in whole seconds, such as 2026-11-28T22:00:00Z, not '" + at + "'";
        }
        return instant.get().isAfter(calls.clock().instant()) ? super.fault(wanted) : at + " is over";
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(at -> at.equals(at.truncatedTo(ChronoUnit.SECONDS)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    protected Call<Found<String>> read(Deadline deadline) {
        Call<GetScheduleResponse> call = calls.send(
                deadline,
                within -> clients.schedules(region)
                        .getSchedule(get -> get.name(name).overrideConfiguration(within)));
        if (call instanceof Call.Rejected<GetScheduleResponse> rejected
                && rejected.code().startsWith("ResourceNotFound")) {
            return new Call.Answered<>(found(NONE));
        }
        if (!(call instanceof Call.Answered<GetScheduleResponse>(var schedule))) {
            return call.map(_ -> found(NONE));
        }
        String at = at(schedule);
        return at.isEmpty()
                ? new Call.Rejected<>("", "there is a schedule " + name + " that is somebody else's", false)
                : new Call.Answered<>(found(at));
    }

    private static Found<String> found(String at) {
        return new Found<>(Image.of(AT, at), at);
    }

    /** When one of ours goes off; empty where it is not one of ours. */
    private String at(GetScheduleResponse schedule) {
        boolean ours = schedule.target() != null
                && topic.equals(schedule.target().arn())
                && schedule.actionAfterCompletion() == ActionAfterCompletion.DELETE;
        String expression = schedule.scheduleExpression();
        if (!ours || expression == null || !expression.matches("at\\([0-9T:-]+\\)")) {
            return "";
        }
        return LocalDateTime.parse(expression.substring(3, expression.length() - 1))
                .toInstant(ZoneOffset.UTC)
                .toString();
    }

    @Override
    protected Outcome write(Found<?> found, Image wanted, Deadline deadline) {
        String at = wanted.get(AT);
        if (at.equals(NONE)) {
            return calls.send(
                            deadline,
                            within -> clients.schedules(region)
                                    .deleteSchedule(delete -> delete.name(name).overrideConfiguration(within)))
                    .outcome(_ -> "");
        }
        String expression = "at(" + at.replace("Z", "") + ")";
        return found.value().equals(NONE) ? created(expression, deadline) : moved(expression, deadline);
    }

    /** AWS refuses a second one of that name; the SDK gives each request a token of its own. */
    private Outcome created(String expression, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.schedules(region)
                                .createSchedule(create -> create.name(name)
                                        .scheduleExpression(expression)
                                        .scheduleExpressionTimezone("UTC")
                                        .flexibleTimeWindow(exactly())
                                        .actionAfterCompletion(ActionAfterCompletion.DELETE)
                                        .target(target())
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    private Outcome moved(String expression, Deadline deadline) {
        return calls.send(
                        deadline,
                        within -> clients.schedules(region)
                                .updateSchedule(update -> update.name(name)
                                        .scheduleExpression(expression)
                                        .scheduleExpressionTimezone("UTC")
                                        .flexibleTimeWindow(exactly())
                                        .actionAfterCompletion(ActionAfterCompletion.DELETE)
                                        .target(target())
                                        .overrideConfiguration(within)))
                .outcome(_ -> "");
    }

    private static FlexibleTimeWindow exactly() {
        return FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();
    }

    private Target target() {
        return Target.builder()
                .arn(topic)
                .roleArn(role)
                .input("Bascule's schedule " + name + " is due: what is left of the source may now be removed, by a"
                        + " decommission with a GO of its own. Nothing was removed by this.")
                .build();
    }

    @Override
    protected Authority mayChange(Found<?> found, Deadline deadline) {
        String[] parts = topic.split(":", 6);
        String schedule =
                String.join(":", parts[0], parts[1], "scheduler", region, parts[4]) + ":schedule/default/" + name;
        Authority scheduled =
                simulated(List.of("scheduler:CreateSchedule", "scheduler:DeleteSchedule"), schedule, deadline);
        return scheduled instanceof Authority.Granted ? simulated("iam:PassRole", role, deadline) : scheduled;
    }
}
