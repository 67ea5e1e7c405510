package io.bascule.embedded.shop;

import io.bascule.embedded.http.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How one side's application is set up.
 *
 * @param side the word it tells of itself: {@code source} or {@code target}
 * @param base what the locations in its configuration are relative to
 * @param properties its configuration, re-read while it runs
 * @param admin for {@code /fault}; without it there is no such page
 * @param jobRuns whether its job runs when it was never told otherwise
 */
public record ShopConfig(
        String side,
        String version,
        InetSocketAddress listen,
        Path base,
        Path properties,
        Optional<Secret> admin,
        boolean jobRuns) {}
