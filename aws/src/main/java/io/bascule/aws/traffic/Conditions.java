package io.bascule.aws.traffic;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** How a plan names a rule by what it is for: {@code host=shop.example.com} or {@code path=/api/*}. Pure. */
public final class Conditions {
    private Conditions() {}

    public static boolean isNamed(List<RuleCondition> conditions, String condition) {
        return conditions.stream().anyMatch(each -> isNamed(each, condition));
    }

    private static boolean isNamed(RuleCondition each, String condition) {
        String kind = each.field().equals("host-header")
                ? "host"
                : each.field().equals("path-pattern") ? "path" : each.field();
        List<String> values = new ArrayList<>(each.values());
        if (each.hostHeaderConfig() != null) {
            values.addAll(each.hostHeaderConfig().values());
        }
        if (each.pathPatternConfig() != null) {
            values.addAll(each.pathPatternConfig().values());
        }
        return values.stream().anyMatch(value -> (kind + "=" + value).equals(condition));
    }
}
