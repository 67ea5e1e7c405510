package io.bascule.planfile.builtin;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;

/**
 * A singleton that is controlled over HTTP: GET {@code /state}, POST {@code /pause}, {@code /resume} and
 * {@code /run-once} under each side's address. Settings: {@code source}, {@code target} (addresses).
 */
public final class HttpJobSettings implements SettingsDecoder {
    private static final Key<String> SOURCE =
            Key.of("source", Types.URL, "The job's address on the source.").required();
    private static final Key<String> TARGET =
            Key.of("target", Types.URL, "The job's address on the target.").required();

    @Override
    public Role role() {
        return Role.SINGLETON;
    }

    @Override
    public String adapter() {
        return "http-job";
    }

    @Override
    public Section keys() {
        return Section.of("a job controlled over HTTP", SOURCE, TARGET);
    }
}
