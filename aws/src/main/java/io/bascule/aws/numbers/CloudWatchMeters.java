package io.bascule.aws.numbers;

import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.port.Meter;
import io.bascule.core.port.MeterAddress;
import io.bascule.core.port.MeterProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Metrics of CloudWatch by their address:
 * {@code cloudwatch:REGION?namespace=AWS/ECS&metric=CPUUtilization&ClusterName=shop&ServiceName=web}. Knows addresses only; the
 * SDK is loaded by {@link #open}.
 */
public final class CloudWatchMeters implements MeterProvider {
    @Override
    public Set<String> schemes() {
        return Set.of("cloudwatch");
    }

    @Override
    public List<String> problems(MeterAddress address) {
        return CloudWatchAddress.problems(address);
    }

    @Override
    public Meter open(MeterAddress address, InstantSource clock) {
        return new CloudWatchMeter(CloudWatchAddress.of(address), new Clients(""), new Calls(clock));
    }
}
