package io.bascule.aws.detect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A tool that keeps things as its own files say, and so undoes what a run changes: known by the tags it leaves, or by
 * the name it gives itself when it writes. Pure.
 */
record Keeper(String name, List<String> keys, List<String> words) {
    private static final List<Keeper> ALL = List.of(
            new Keeper("CloudFormation", List.of("aws:cloudformation:", "aws:cdk"), List.of("cloudformation")),
            new Keeper(
                    "the AWS load balancer controller of Kubernetes",
                    List.of("elbv2.k8s.aws/", "ingress.k8s.aws/", "service.k8s.aws/", "gateway.k8s.aws/"),
                    List.of("elbv2.k8s.aws", "aws-load-balancer-controller")),
            new Keeper("Kubernetes", List.of("kubernetes.io/", "app.kubernetes.io/"), List.of("kubernetes")),
            new Keeper("Argo CD", List.of("argocd.argoproj.io/", "argoproj.io/"), List.of("argo")),
            new Keeper("external-dns", List.of("external-dns"), List.of("external-dns")),
            new Keeper("Pulumi", List.of("pulumi"), List.of("pulumi")),
            new Keeper("Terraform", List.of("terraform", "tf-", "tfc-"), List.of("terraform", "opentofu")));
    private static final List<String> SAYS_WHO = List.of("managed-by", "managedby", "managed_by", "provisioner", "iac");

    /** By a tag: its key, or its value where the key asks who keeps the thing. */
    static Optional<String> ofTag(Map.Entry<String, String> tag) {
        String key = tag.getKey().toLowerCase(Locale.ROOT);
        String value = tag.getValue().toLowerCase(Locale.ROOT);
        boolean saysWho = SAYS_WHO.stream().anyMatch(key::endsWith);
        return ALL.stream()
                .filter(each -> each.keys().stream().anyMatch(key::startsWith)
                        || (saysWho && each.words().stream().anyMatch(value::contains)))
                .map(Keeper::name)
                .findFirst();
    }

    /** By the user agent or the service that a call was made with. */
    static Optional<String> ofAgent(String agent) {
        String lower = agent.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(each -> each.words().stream().anyMatch(lower::contains))
                .map(Keeper::name)
                .findFirst();
    }

    /** By the ownership record that external-dns writes beside a name: what it says of whom it writes for. */
    static Optional<String> ofOwnership(String text) {
        if (!text.contains("heritage=external-dns")) {
            return Optional.empty();
        }
        String[] parts = text.replace("\"", "").split("external-dns/resource=", 2);
        return Optional.of("external-dns" + (parts.length == 2 ? " for " + parts[1].split(",", 2)[0] : ""));
    }
}
