package io.bascule.aws.settings;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;

/** Ways that messages take over AWS. */
public abstract class ChannelSettings extends Means {
    private ChannelSettings(String adapter, Section keys) {
        super(Role.CHANNEL, adapter, keys);
    }

    /** {@code sns: { topic: ARN, region: … }}. */
    public static final class Topic extends ChannelSettings {
        public Topic() {
            super(
                    "sns",
                    Section.of(
                            "a topic of SNS",
                            Shared.REGION,
                            Key.of(
                                            "topic",
                                            Shared.arn(
                                                    "a topic's ARN",
                                                    "sns",
                                                    "arn:aws:sns:eu-central-1:123456789012:migration"),
                                            "The topic that messages are published to.")
                                    .required()));
        }
    }

    /** {@code ses: { from: ADDRESS, to: ADDRESSES, region: … }}. */
    public static final class Mail extends ChannelSettings {
        private static final String ADDRESS = "[^@\\s,]+@[^@\\s,]+";

        public Mail() {
            super(
                    "ses",
                    Section.of(
                            "mail by SES",
                            Shared.REGION,
                            Key.of(
                                            "from",
                                            Shared.text("an address", "cutover@example.com", "^" + ADDRESS + "$"),
                                            "The verified address that mail comes from.")
                                    .required(),
                            Key.of(
                                            "to",
                                            Shared.text(
                                                    "addresses separated by commas",
                                                    "team@example.com",
                                                    "^" + ADDRESS + "(, ?" + ADDRESS + ")*$"),
                                            "Who gets it: people, or better a list of theirs.")
                                    .required(),
                            Shared.EXCUSE));
        }
    }

    /** {@code dashboard: { name: shop-cutover, region: … }}. */
    public static final class Dashboard extends ChannelSettings {
        public Dashboard() {
            super(
                    "dashboard",
                    Section.of(
                            "a dashboard of CloudWatch",
                            Shared.REGION,
                            Key.of(
                                            "name",
                                            Shared.text("a dashboard's name", "shop-cutover", "^[A-Za-z0-9_-]{1,255}$"),
                                            "The dashboard that charts both sides and is marked with what the run tells.")
                                    .required()));
        }
    }
}
