package io.bascule.aws.api;

import io.bascule.core.port.Adapters.Evidence;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The SDK's clients of one run, one per service and region, made when first asked for. Credentials come by the SDK's
 * default chain only, endpoints by {@code AWS_ENDPOINT_URL} and its forms for one service. No client retries. Safe for
 * threads.
 */
public final class Clients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    static {
        // The JDK's client would send a POST again by itself when a kept connection breaks: a change made twice.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(LONGEST)
            .build();
    private final String run;
    private final Optional<URI> everywhere;
    private final Map<String, SdkClient> clients = new TreeMap<>();

    /** @param run named in the user agent; empty while there is no run */
    public Clients(String run) {
        this(run, Optional.empty());
    }

    private Clients(String run, Optional<URI> everywhere) {
        this.run = run;
        this.everywhere = everywhere;
    }

    /** Every service at one endpoint, whatever the environment says. */
    public static Clients at(URI endpoint) {
        return new Clients("", Optional.of(endpoint));
    }

    public Route53Client route53(String region) {
        return client(Route53Client.class, region, Route53Client::builder);
    }

    public ElasticLoadBalancingV2Client loadBalancers(String region) {
        return client(ElasticLoadBalancingV2Client.class, region, ElasticLoadBalancingV2Client::builder);
    }

    public CloudWatchClient cloudWatch(String region) {
        return client(CloudWatchClient.class, region, CloudWatchClient::builder);
    }

    public SsmClient parameters(String region) {
        return client(SsmClient.class, region, SsmClient::builder);
    }

    public SecretsManagerClient secrets(String region) {
        return client(SecretsManagerClient.class, region, SecretsManagerClient::builder);
    }

    public SnsClient topics(String region) {
        return client(SnsClient.class, region, SnsClient::builder);
    }

    public SesV2Client mail(String region) {
        return client(SesV2Client.class, region, SesV2Client::builder);
    }

    private synchronized <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            Class<C> kind, String region, Supplier<B> builder) {
        return kind.cast(clients.computeIfAbsent(
                kind.getSimpleName() + " " + region,
                _ -> at(builder.get())
                        .region(Region.of(region))
                        .httpClient(http)
                        .overrideConfiguration(each -> each.retryStrategy(AwsRetryStrategy.doNotRetry())
                                .apiCallTimeout(LONGEST)
                                .apiCallAttemptTimeout(LONGEST)
                                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, agent()))
                        .build()));
    }

    private <B extends AwsClientBuilder<B, C>, C> B at(B builder) {
        return everywhere.map(builder::endpointOverride).orElse(builder);
    }

    private String agent() {
        return run.isEmpty() ? "bascule" : "bascule run/" + run;
    }

    /** Figures from elsewhere than AWS itself prove nothing about AWS. */
    public static Evidence evidence(Map<String, String> environment) {
        boolean elsewhere = environment.keySet().stream().anyMatch(name -> name.startsWith("AWS_ENDPOINT_URL"));
        return elsewhere ? Evidence.SIMULATED : Evidence.THIS_PLATFORM;
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(SdkClient::close);
        clients.clear();
        http.close();
    }
}
