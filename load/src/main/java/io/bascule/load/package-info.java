/**
 * Open-model HTTP/1.1 load: requests start when the profile says so, whatever the target does with the earlier ones.
 *
 * <pre>{@code
 * var profile = LoadProfile.of(URI.create("http://127.0.0.1:8080/"), 500).lasting(Duration.ofSeconds(30));
 * try (LoadRun run = LoadGenerator.start(profile, RequestSource.repeating(LoadRequest.get("/")), ResponseListener.NONE)) {
 *     LoadResult result = run.await();
 * }
 * }</pre>
 *
 * <p>Each event loop takes every n-th arrival and owns its connections, timers and numbers; loops meet once a second and
 * when someone asks.
 */
@NullMarked
package io.bascule.load;

import org.jspecify.annotations.NullMarked;
