package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.Types;
import java.util.List;
import java.util.Set;

/** Configuration that AWS keeps under a name. Settings: {@code region}, {@code name}, and of each its own. */
public abstract class NamedSettings extends ConfigurationSettings {

    private NamedSettings(String adapter, String what, String doc, Set<String> fields, Key<?>... more) {
        Key<String> name = Key.of("name", Types.TEXT, doc).required();
        super(adapter, name, Section.of(what, name, Shared.REGION).with(List.of(more)), fields);
    }

    /** {@code configure: { parameter: { name: /shop/database, region: … }, set: { value: … } }}. */
    public static final class Parameter extends NamedSettings {
        public Parameter() {
            super(
                    "parameter",
                    "a parameter of the Parameter Store",
                    "The parameter's name; its field is 'value'.",
                    Set.of("value"),
                    Shared.EXCUSE);
        }
    }

    /** {@code configure: { secret: { name: shop/database, region: … }, set: { version: … } }}. */
    public static final class Secret extends NamedSettings {
        public Secret() {
            super(
                    "secret",
                    "a secret of Secrets Manager",
                    "The secret's name or ARN; its field is 'version'.",
                    Set.of("version"),
                    Shared.EXCUSE);
        }
    }

    /** {@code configure: { alarm: { name: shop-errors, region: … }, set: { dimensions: … } }}. */
    public static final class Alarm extends NamedSettings {
        public Alarm() {
            super(
                    "alarm",
                    "an alarm of CloudWatch",
                    "The alarm's name; its fields are 'dimensions' and 'actions'.",
                    Set.of("dimensions", "actions"),
                    Shared.EXCUSE);
        }
    }

    /** {@code configure: { schedule: { name: …, topic: …, role: …, region: … }, set: { at: 2026-11-28T22:00:00Z } }}. */
    public static final class Schedule extends NamedSettings {
        public Schedule() {
            super(
                    "schedule",
                    "a message at a later time, by EventBridge Scheduler",
                    "The schedule's name; its field is 'at', an instant.",
                    Set.of("at"),
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
    }
}
