package io.bascule.aws.configure;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Actuator;

/** The {@code CONFIGURATION} resources of this module, by the adapter that a step names. */
public final class Configurations {
    private Configurations() {}

    public static Actuator of(Action.Configure configure, Clients clients, Calls calls) {
        Settings means = configure.means();
        String region = means.need("region");
        return switch (means.adapter()) {
            case "parameter" -> new ParameterValue(clients, calls, region, means.need("name"));
            case "secret" -> new SecretVersion(clients, calls, region, means.need("name"));
            case "alarm" ->
                new AlarmSubject(
                        clients,
                        calls,
                        region,
                        means.need("name"),
                        configure.set().keySet());
            case "schedule" -> new ScheduledReminder(clients, calls, means);
            default -> throw new IllegalStateException("no configuration is called " + means.adapter());
        };
    }
}
