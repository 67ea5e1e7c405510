package io.bascule.aws.traffic;

import io.bascule.aws.Gaps;
import io.bascule.core.port.Image;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A measurement, by {@code bench/long aws-gap}. */
@Tag("server")
@Tag("long")
class RuleGapTest {
    @Test
    void how_long_someones_edit_of_a_rule_could_go_unseen() {
        TestListener world = new TestListener();
        Gaps.measure(
                "a rule's weights (moto)",
                new RuleWeights(world.rule("rule", world.rule), world.source, world.target),
                Image.of("source", "10000", "target", "0"),
                Image.of("source", "7500", "target", "2500"));
    }
}
