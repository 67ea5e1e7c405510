package io.bascule.aws;

import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Side;
import io.bascule.testkit.TrafficRouterConformance;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A router of AWS whose users, shares and figures are a stand-in's: it can neither keep writes back nor lease weights. */
public abstract class StandInConformance extends TrafficRouterConformance {
    protected StandIn standIn;

    /** What tells a side's figures from the other's. */
    protected abstract Map<String, String> dimensions(Side side);

    /** As the API tells them at this moment. */
    protected abstract Map<Side, Integer> weights();

    /** An entrance there, with the stand-in's figures beside these settings. */
    protected final Entrance entrance(String router, Map<String, String> settings, String at) {
        SortedMap<String, String> all = new TreeMap<>(settings);
        all.put("region", Peers.REGION);
        all.put("numbers.namespace", standIn.namespace());
        all.put("numbers.requests", "RequestCount");
        all.put("numbers.failed", "HTTPCode_Target_5XX_Count");
        all.put("numbers.latency", "TargetResponseTime");
        all.put("numbers.unit", "seconds");
        all.put("numbers.period", "PT1S");
        all.put("numbers.delay", "PT0S");
        return new Entrance("web", new Settings(router, all), at, 60, Set.of(), Entrance.FreezeMode.REJECT, 0, 1);
    }

    @BeforeEach
    void openStandIn() {
        standIn = new StandIn(this::dimensions, this::weights);
    }

    @AfterEach
    void closeStandIn() {
        standIn.close();
    }

    @Override
    protected void usersRead(int requests) throws Exception {
        standIn.usersRead(requests);
    }

    @Override
    protected void pass(Duration time) throws Exception {
        Thread.sleep(time);
        StandIn.nextSecond();
    }

    @Override
    protected void userWrites() {
        throw new UnsupportedOperationException("writes cannot be kept back here");
    }

    @Override
    protected long writesAccepted() {
        throw new UnsupportedOperationException("writes cannot be kept back here");
    }

    @Override
    protected boolean parks() {
        return false;
    }

    @Override
    protected boolean keepsWritesBack() {
        return false;
    }

    @Override
    protected boolean leasesWeights() {
        return false;
    }
}
