package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Configuration that AWS keeps under a name. Settings: {@code region}, {@code name}, and of each its own. */
public abstract class NamedSettings extends Means {
    private final Key<String> name;

    private NamedSettings(String adapter, String what, String doc, Key<?>... more) {
        Key<String> named = Key.of("name", Types.TEXT, doc).required();
        super(
                Role.CONFIGURATION,
                adapter,
                Section.of(what, named, Shared.REGION).with(List.of(more)));
        this.name = named;
    }

    @Override
    public Optional<Key<?>> main() {
        return Optional.of(name);
    }

    /** AWS keeps what it was told until it is told otherwise. */
    @Override
    public boolean leases() {
        return false;
    }

    /** {@code configure: { parameter: { name: /shop/database, region: … }, set: { value: … } }}. */
    public static final class Parameter extends NamedSettings {
        public Parameter() {
            super(
                    "parameter",
                    "a parameter of the Parameter Store",
                    "The parameter's name; its field is 'value'.",
                    Shared.EXCUSE);
        }

        @Override
        public Set<String> fields() {
            return Set.of("value");
        }
    }

    /** {@code configure: { secret: { name: shop/database, region: … }, set: { version: … } }}. */
    public static final class Secret extends NamedSettings {
        public Secret() {
            super(
                    "secret",
                    "a secret of Secrets Manager",
                    "The secret's name or ARN; its field is 'version'.",
                    Shared.EXCUSE);
        }

        @Override
        public Set<String> fields() {
            return Set.of("version");
        }
    }

    /** {@code configure: { alarm: { name: shop-errors, region: … }, set: { dimensions: … } }}. */
    public static final class Alarm extends NamedSettings {
        public Alarm() {
            super(
                    "alarm",
                    "an alarm of CloudWatch",
                    "The alarm's name; its fields are 'dimensions' and 'actions'.",
                    Shared.EXCUSE);
        }

        @Override
        public Set<String> fields() {
            return Set.of("dimensions", "actions");
        }
    }

    /** {@code configure: { schedule: { name: …, topic: …, role: …, region: … }, set: { at: 2026-11-28T22:00:00Z } }}. */
    public static final class Schedule extends NamedSettings {
        public Schedule() {
            super(
                    "schedule",
                    "a message at a later time, by EventBridge Scheduler",
                    "The schedule's name; its field is 'at', an instant.",
                    Key.of(
                                    "topic",
                                    Shared.arn(
                                            "a topic's ARN",
                                            "sns",
                                            "arn:aws:sns:eu-central-1:123456789012:shop-migration"),
                                    "The topic that is told that the decommission is due.")
                            .required(),
                    Key.of(
                                    "role",
                                    Shared.arn("a role's ARN", "iam", "arn:aws:iam::123456789012:role/shop-reminder"),
                                    "The role by which the schedule may publish to the topic.")
                            .required());
        }

        @Override
        public Set<String> fields() {
            return Set.of("at");
        }
    }
}
