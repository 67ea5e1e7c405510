package io.bascule.aws.api;

import io.bascule.core.port.Adapters.Evidence;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.datasync.DataSyncClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

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
    private final AtomicReference<String> principal = new AtomicReference<>("");
    private final List<SdkClient> given = new ArrayList<>();

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

    /** These clients, whatever the region; for a test's fakes. */
    public static Clients of(SdkClient... fakes) {
        Clients clients = new Clients("");
        clients.given.addAll(List.of(fakes));
        return clients;
    }

    /** The run that they are for; empty while there is none. */
    public String run() {
        return run;
    }

    public AutoScalingClient scaling(String region) {
        return client(AutoScalingClient.class, region, AutoScalingClient::builder);
    }

    public ApplicationAutoScalingClient serviceScaling(String region) {
        return client(ApplicationAutoScalingClient.class, region, ApplicationAutoScalingClient::builder);
    }

    public CloudTrailClient trail(String region) {
        return client(CloudTrailClient.class, region, CloudTrailClient::builder);
    }

    public EcsClient services(String region) {
        return client(EcsClient.class, region, EcsClient::builder);
    }

    /** IAM is one for all regions of a partition. */
    public Iam identities(String region) {
        for (SdkClient each : given) {
            if (each instanceof Iam iam) {
                return iam;
            }
        }
        ServiceMetadata iam = ServiceMetadata.of("iam");
        URI said = Stream.of("AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL")
                .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
                .findFirst()
                .map(URI::create)
                .orElseGet(() -> URI.create("https://" + iam.endpointFor(Region.of(region))));
        return new SignedIam(
                everywhere.orElse(said), iam.signingRegion(Region.of(region)).id(), agent());
    }

    public StsClient tokens(String region) {
        return client(StsClient.class, region, StsClient::builder);
    }

    /** Whose credentials these are, as IAM names it; asked for once. */
    Call<String> principal(Supplier<Call<String>> ask) {
        String known = principal.get();
        if (!known.isEmpty()) {
            return new Call.Answered<>(known);
        }
        Call<String> call = ask.get();
        if (call instanceof Call.Answered<String>(String arn)) {
            principal.set(arn);
        }
        return call;
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

    public DatabaseMigrationClient replications(String region) {
        return client(DatabaseMigrationClient.class, region, DatabaseMigrationClient::builder);
    }

    public RdsClient databases(String region) {
        return client(RdsClient.class, region, RdsClient::builder);
    }

    public DataSyncClient files(String region) {
        return client(DataSyncClient.class, region, DataSyncClient::builder);
    }

    public SchedulerClient schedules(String region) {
        return client(SchedulerClient.class, region, SchedulerClient::builder);
    }

    private synchronized <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            Class<C> kind, String region, Supplier<B> builder) {
        for (SdkClient each : given) {
            if (kind.isInstance(each)) {
                return kind.cast(each);
            }
        }
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
