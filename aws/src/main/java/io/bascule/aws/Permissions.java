package io.bascule.aws;

import io.bascule.aws.traffic.Removal;
import io.bascule.core.json.Json;
import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The least policy that a plan needs, to do and to undo. Actions that AWS cannot limit to a resource stand apart. Pure,
 * and without the SDK.
 */
final class Permissions {
    private static final String ANY = "*";
    /** Actions by resource; several resources with the same actions become one statement. */
    private final SortedMap<String, SortedSet<String>> needed = new TreeMap<>();

    private Permissions() {}

    private Permissions(CutoverPlan plan) {
        plan.entrances().forEach(entrance -> router(entrance.router()));
        plan.steps().forEach(step -> {
            switch (step.action()) {
                case Action.Configure configure -> configuration(configure.means());
                case Action.Capacity capacity -> capacity(capacity.means());
                case Action.Decommission decommission -> capacity(decommission.means());
                case Action.Probe probe -> probe(probe.means());
                case Action.SwitchOver over -> switchOver(over.means());
                default -> {}
            }
        });
        plan.tell().channels().values().forEach(this::channel);
        if (!needed.isEmpty()) {
            need(ANY, "cloudtrail:LookupEvents", "iam:GetRole", "iam:SimulatePrincipalPolicy", "sts:GetCallerIdentity");
        }
    }

    /** A policy document; empty text where the plan names nothing of AWS. */
    static String of(CutoverPlan plan) {
        Permissions permissions = new Permissions(plan);
        return permissions.needed.isEmpty() ? "" : permissions.document();
    }

    /** What one means that is switched over needs; empty text where it is none of AWS. */
    static String ofSwitch(Settings means) {
        Permissions permissions = new Permissions();
        permissions.switchOver(means);
        return permissions.needed.isEmpty() ? "" : permissions.document();
    }

    private void need(String resource, String... actions) {
        needed.computeIfAbsent(resource, _ -> new TreeSet<>()).addAll(List.of(actions));
    }

    private void router(Settings router) {
        switch (router.adapter()) {
            case "elb" -> {
                String listener = router.get("listener").orElse("");
                String rule =
                        router.get("rule").orElseGet(() -> listener.replace(":listener/", ":listener-rule/") + "/*");
                boolean byDefault =
                        router.get("rule").isEmpty() && router.get("condition").isEmpty();
                need(
                        byDefault ? listener : rule,
                        byDefault ? "elasticloadbalancing:ModifyListener" : "elasticloadbalancing:ModifyRule");
                String claimed = router.get("rule").orElse(listener);
                need(claimed, "elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags");
                need(
                        ANY,
                        "elasticloadbalancing:DescribeListeners",
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeTags",
                        "elasticloadbalancing:DescribeTargetHealth",
                        "elasticloadbalancing:DescribeTargetGroups",
                        "elasticloadbalancing:DescribeAccountLimits",
                        "autoscaling:DescribeAutoScalingGroups",
                        "cloudwatch:DescribeAlarms",
                        "cloudwatch:GetMetricData",
                        "route53:ListHostedZones",
                        "route53:ListResourceRecordSets");
            }
            case "route-53" -> {
                need(
                        "arn:aws:route53:::hostedzone/" + router.need("zone"),
                        "route53:ChangeResourceRecordSets",
                        "route53:ListResourceRecordSets",
                        "route53:GetHostedZone",
                        "route53:GetHostedZoneLimit",
                        "route53:GetDNSSEC",
                        "route53:ListTagsForResource");
                need("arn:aws:route53:::change/*", "route53:GetChange");
                need(
                        ANY,
                        "cloudwatch:DescribeAlarms",
                        "cloudwatch:GetMetricData",
                        "route53:ListHostedZones",
                        "route53:ListResourceRecordSets");
                router.get("target.health-check").ifPresent(_ -> healthCheck("route53:GetHealthCheckStatus"));
            }
            default -> {}
        }
    }

    /** AWS makes up a health check's id when it is created. */
    private void healthCheck(String... actions) {
        need("arn:aws:route53:::healthcheck/*", actions);
        need(ANY, "route53:ListHealthChecks");
    }

    private void configuration(Settings means) {
        String name = means.get("name").orElse("");
        String region = means.get("region").orElse(ANY);
        switch (means.adapter()) {
            case "parameter" ->
                need(
                        "arn:aws:ssm:" + region + ":*:parameter/" + name.replaceFirst("^/", ""),
                        "ssm:GetParameter",
                        "ssm:ListTagsForResource",
                        "ssm:PutParameter");
            case "secret" ->
                need(
                        name.startsWith("arn:")
                                ? name
                                : "arn:aws:secretsmanager:" + region + ":*:secret:" + name + "-*",
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:UpdateSecretVersionStage");
            case "alarm" -> {
                need(
                        "arn:aws:cloudwatch:" + region + ":*:alarm:" + name,
                        "cloudwatch:PutMetricAlarm",
                        "cloudwatch:ListTagsForResource");
                need(ANY, "cloudwatch:DescribeAlarms");
            }
            case "schedule" -> {
                need(
                        "arn:aws:scheduler:" + region + ":*:schedule/default/" + name,
                        "scheduler:CreateSchedule",
                        "scheduler:DeleteSchedule",
                        "scheduler:GetSchedule",
                        "scheduler:UpdateSchedule");
                need(means.need("role"), "iam:PassRole");
            }
            case "health-check" -> {
                healthCheck("route53:DeleteHealthCheck");
                need(ANY, "route53:CreateHealthCheck");
            }
            case "auto-scaling" -> capacity(means);
            case "ecs" -> {
                need(
                        "arn:aws:application-autoscaling:" + region + ":*:scalable-target/*",
                        "application-autoscaling:RegisterScalableTarget");
                need(ANY, "application-autoscaling:DescribeScalableTargets");
                need(service(region, means), "ecs:DescribeServices");
            }
            default -> {}
        }
    }

    private void capacity(Settings means) {
        String region = means.get("region").orElse(ANY);
        switch (means.adapter()) {
            case "auto-scaling" -> {
                need(
                        "arn:aws:autoscaling:" + region + ":*:autoScalingGroup:*:autoScalingGroupName/"
                                + means.need("group"),
                        "autoscaling:UpdateAutoScalingGroup");
                need(ANY, "autoscaling:DescribeAutoScalingGroups");
            }
            case "ecs" -> need(service(region, means), "ecs:DescribeServices", "ecs:UpdateService");
            case "target-group" -> {
                need(means.need("arn"), "elasticloadbalancing:DeleteTargetGroup");
                for (String place : Removal.places(means)) {
                    need(place, "elasticloadbalancing:" + (Removal.isRule(place) ? "ModifyRule" : "ModifyListener"));
                }
                need(
                        ANY,
                        "elasticloadbalancing:DescribeListeners",
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeTargetGroups",
                        "elasticloadbalancing:DescribeTargetHealth");
            }
            default -> {}
        }
    }

    private static String service(String region, Settings means) {
        return "arn:aws:ecs:" + region + ":*:service/" + means.need("cluster") + "/" + means.need("service");
    }

    private void probe(Settings means) {
        String rds = "arn:aws:rds:" + means.get("region").orElse(ANY) + ":*:";
        switch (means.adapter()) {
            case "drained", "healthy" -> need(ANY, "elasticloadbalancing:DescribeTargetHealth");
            case "health-check" -> healthCheck("route53:GetHealthCheckStatus");
            case "dms" -> replication(means.need("task"));
            case "snapshot" -> {
                boolean cluster = means.need("kind").equals("cluster");
                String kind = cluster ? "cluster" : "db";
                String snapshots = cluster ? "rds:DescribeDBClusterSnapshots" : "rds:DescribeDBSnapshots";
                need(rds + kind + ":" + means.need("of"), snapshots);
                need(rds + (cluster ? "cluster-snapshot:*" : "snapshot:*"), snapshots);
                means.get("restored-as")
                        .filter(id -> !id.isEmpty())
                        .ifPresent(id -> need(
                                rds + kind + ":" + id, cluster ? "rds:DescribeDBClusters" : "rds:DescribeDBInstances"));
            }
            case "datasync" -> {
                need(means.need("task"), "datasync:DescribeTask", "datasync:StartTaskExecution");
                need(means.need("task") + "/execution/*", "datasync:DescribeTaskExecution");
            }
            default -> {}
        }
    }

    private void replication(String task) {
        need(task, "dms:DescribeTableStatistics");
        need(ANY, "cloudwatch:GetMetricData", "dms:DescribeReplicationInstances", "dms:DescribeReplicationTasks");
    }

    private void switchOver(Settings means) {
        String rds = "arn:aws:rds:" + means.get("region").orElse(ANY) + ":*:";
        switch (means.adapter()) {
            case "dms" -> {
                replication(means.need("task"));
                need(means.need("task"), "dms:StartReplicationTask", "dms:StopReplicationTask");
            }
            case "blue-green" -> {
                need(
                        rds + "deployment:" + means.need("deployment"),
                        "rds:DescribeBlueGreenDeployments",
                        "rds:SwitchoverBlueGreenDeployment");
                // AWS does these in the caller's name, on databases whose names it makes itself
                need(rds + "db:*", "rds:ModifyDBInstance", "rds:PromoteReadReplica");
                need(rds + "cluster:*", "rds:ModifyDBCluster", "rds:PromoteReadReplicaDBCluster");
            }
            default -> {}
        }
    }

    private void channel(Settings means) {
        switch (means.adapter()) {
            case "dashboard" ->
                need(
                        "arn:aws:cloudwatch::*:dashboard/" + means.need("name"),
                        "cloudwatch:GetDashboard",
                        "cloudwatch:PutDashboard");
            case "sns" -> need(means.need("topic"), "sns:Publish");
            case "ses" -> {
                need("arn:aws:ses:" + means.need("region") + ":*:identity/*", "ses:SendEmail", "ses:GetEmailIdentity");
                need(ANY, "ses:GetAccount");
            }
            default -> {}
        }
    }

    /** One statement a line. */
    private String document() {
        SortedMap<String, SortedSet<String>> resourcesOf = new TreeMap<>();
        needed.forEach((resource, actions) -> resourcesOf
                .computeIfAbsent(String.join(" ", actions), _ -> new TreeSet<>())
                .add(resource));
        List<String> statements = new ArrayList<>();
        resourcesOf.forEach((actions, resources) -> statements.add("    "
                + Json.write(Json.object(
                        "Effect", "Allow",
                        "Action", List.of(actions.split(" ")),
                        "Resource", List.copyOf(resources)))));
        return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n" + String.join(",\n", statements) + "\n  ]\n}";
    }
}
