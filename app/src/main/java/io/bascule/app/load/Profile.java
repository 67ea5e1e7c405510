package io.bascule.app.load;

import io.bascule.load.AbortRule;
import io.bascule.load.Arrivals;
import io.bascule.load.LoadProfile;
import io.bascule.load.RequestSource;
import io.bascule.load.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A profile that was read without a problem.
 *
 * @param words what is asked for, in a line
 * @param targets at least one; all get the same requests at the same moments
 * @param connections the most at once; empty: what the arrivals suggest
 */
public record Profile(
        String words,
        Arrivals arrivals,
        Duration warmUp,
        List<Target> targets,
        RequestSource requests,
        Optional<Integer> connections,
        Duration connectTimeOut,
        Duration timeOut,
        AbortRule abort) {

    /** A target, and how it is reached. */
    public record Target(String name, URI url, Wire wire) {}

    public Profile {
        targets = List.copyOf(targets);
    }

    /** What arrivals are, in a few words. */
    public static String words(Arrivals arrivals) {
        return ProfileReading.words(arrivals);
    }

    /** What the generator is to do to one of the targets. */
    public LoadProfile on(Target target) {
        LoadProfile profile = LoadProfile.of(target.url(), arrivals)
                .withWarmUp(warmUp)
                .withTimeOuts(connectTimeOut, timeOut)
                .over(target.wire())
                .aborting(abort);
        return connections.map(profile::withConnections).orElse(profile);
    }

    /** The same with other arrivals. */
    public Profile with(String otherWords, Arrivals others) {
        return new Profile(otherWords, others, warmUp, targets, requests, connections, connectTimeOut, timeOut, abort);
    }

    /** The same with another cap on connections. */
    public Profile with(int most) {
        return new Profile(
                words, arrivals, warmUp, targets, requests, Optional.of(most), connectTimeOut, timeOut, abort);
    }
}
