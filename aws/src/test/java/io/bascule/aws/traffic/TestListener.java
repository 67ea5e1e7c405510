package io.bascule.aws.traffic;

import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Change;
import io.bascule.core.port.Image;
import io.bascule.core.port.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A load balancer of its own at a peer: one listener that forwards to the source, and a rule behind a sign-in. */
@SuppressWarnings("unchecked") // the SDK takes its builders as varargs
public final class TestListener {
    private static final Map<URI, Net> NETS = new ConcurrentHashMap<>();

    public final Clients clients;
    public final String loadBalancer;
    public final String source;
    public final String target;
    public final String listener;
    public final String rule;
    private final Net net;

    /** Where load balancers stand: one for each peer. */
    private record Net(String vpc, List<String> subnets) {
        static Net of(URI peer) {
            String vpc = ec2(peer, "CreateVpc", "vpcId", "CidrBlock=10.0.0.0/16");
            return new Net(vpc, List.of(subnet(peer, vpc, 1, "a"), subnet(peer, vpc, 2, "b")));
        }

        private static String subnet(URI peer, String vpc, int third, String zone) {
            String form = "VpcId=" + vpc + "&CidrBlock=10.0." + third + ".0/24&AvailabilityZone=" + Peers.REGION + zone;
            return ec2(peer, "CreateSubnet", "subnetId", form);
        }
    }

    public TestListener() {
        this(Peers.moto());
    }

    public TestListener(URI peer) {
        clients = Clients.at(peer);
        net = NETS.computeIfAbsent(peer, Net::of);
        source = group("source");
        target = group("target");
        String name = Peers.fresh("lb");
        loadBalancer = elb().createLoadBalancer(create -> create.name(name).subnets(net.subnets()))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        listener = elb().createListener(create -> create.loadBalancerArn(loadBalancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .defaultActions(forward(source)))
                .listeners()
                .getFirst()
                .listenerArn();
        rule = elb().createRule(create -> create.listenerArn(listener)
                        .priority(10)
                        .conditions(RuleCondition.builder()
                                .field("host-header")
                                .values("shop.example.com")
                                .build())
                        .actions(signIn(), forward(source).toBuilder().order(2).build()))
                .rules()
                .getFirst()
                .ruleArn();
    }

    /** One call to EC2, whose client is 24 MB: a form, and the id in the answer. */
    private static String ec2(URI peer, String action, String id, String form) {
        HttpRequest post = HttpRequest.newBuilder(peer)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/ec2/aws4_request, SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString("Action=" + action + "&Version=2016-11-15&" + form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(post, BodyHandlers.ofString()).body();
            return answer.replaceFirst("(?s).*?<" + id + ">", "").replaceFirst("(?s)<.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public ElasticLoadBalancingV2Client elb() {
        return clients.loadBalancers(Peers.REGION);
    }

    private String group(String side) {
        String name = Peers.fresh(side);
        return elb().createTargetGroup(create -> create.name(name)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .vpcId(net.vpc())
                        .targetType(TargetTypeEnum.IP))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    public void register(String group, String... addresses) {
        for (String address : addresses) {
            var _ = elb().registerTargets(add -> add.targetGroupArn(group)
                    .targets(TargetDescription.builder().id(address).port(80).build()));
        }
    }

    ForwardActionConfig forwarding() {
        return actions().getLast().forwardConfig();
    }

    private List<Action> actions() {
        return elb().describeRules(get -> get.ruleArns(rule)).rules().getFirst().actions();
    }

    /** As someone else edits the rule's forward action, who knows nothing of us. */
    void edit(Consumer<ForwardActionConfig.Builder> change) {
        List<Action> edited = new ArrayList<>(actions());
        ForwardActionConfig.Builder config = edited.getLast().forwardConfig().toBuilder();
        change.accept(config);
        edited.set(
                edited.size() - 1,
                edited.getLast().toBuilder().forwardConfig(config.build()).build());
        var _ = elb().modifyRule(set -> set.ruleArn(rule).actions(edited));
    }

    /** All users of the listener and of its rule are at the target; the source's group is left at weight 0. */
    public void shiftAll() {
        for (Rule each : List.of(rule("listener", listener), rule("rule", rule))) {
            RuleWeights weights = new RuleWeights(each, source, target);
            for (String points : List.of("0", "10000")) {
                if (!(weights.observe(Peers.soon()) instanceof Reading.Seen seen)) {
                    throw new AssertionError("the weights cannot be read");
                }
                Image to = Image.of("source", "" + (10_000 - Integer.parseInt(points)), "target", points);
                var _ = weights.apply(
                        new Change("run/a/1", Instant.now().plusSeconds(10), seen.image(), to), Peers.soon());
            }
        }
    }

    static Action forward(String group) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(group)
                .build();
    }

    static Action signIn() {
        return Action.builder()
                .type(ActionTypeEnum.AUTHENTICATE_OIDC)
                .order(1)
                .authenticateOidcConfig(oidc -> oidc.issuer("https://id.example.com")
                        .authorizationEndpoint("https://id.example.com/a")
                        .tokenEndpoint("https://id.example.com/t")
                        .userInfoEndpoint("https://id.example.com/u")
                        .clientId("bascule")
                        .clientSecret("not-told"))
                .build();
    }

    Rule rule(String... where) {
        return rule(clients, where);
    }

    /** By way of another endpoint. */
    Rule rule(Clients clients, String... where) {
        String[] all = {"region", Peers.REGION, "source", source, "target", target};
        String[] both = java.util.Arrays.copyOf(all, all.length + where.length);
        System.arraycopy(where, 0, both, all.length, where.length);
        return new Rule(clients, Peers.calls(), Settings.of("elb", both));
    }

    /** Everything that AWS would tell of the listener and its rules: moto also tells the sign-in's secret and how it was set. */
    public List<String> all() {
        List<String> lines = new ArrayList<>();
        elb().describeListeners(get -> get.listenerArns(listener))
                .listeners()
                .forEach(each -> lines.add(each.toString()));
        elb().describeRules(get -> get.listenerArn(listener)).rules().forEach(each -> lines.add(each.toString()));
        return lines.stream()
                .map(line -> line.replaceAll(", (ClientSecret|UseExistingClientSecret)=[^,)]*", ""))
                .toList();
    }
}
