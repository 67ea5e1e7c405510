package io.bascule.planfile.builtin;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import java.util.Optional;

/** Means that are one path: {@code file: source/app.properties}. Settings: {@code path}, relative to the plan's folder. */
public abstract class PathSettings implements SettingsDecoder {
    private final Role role;
    private final String what;
    private final Key<String> path;

    private PathSettings(Role role, String what, boolean part) {
        this.role = role;
        this.what = what;
        this.path = Key.of("path", part ? Types.FILE : Types.PATH, "The path, relative to the plan's folder.")
                .required();
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public String adapter() {
        return "file";
    }

    @Override
    public Section keys() {
        return Section.of(what, path);
    }

    @Override
    public Optional<Key<?>> main() {
        return Optional.of(path);
    }

    /** {@code configure: { file: PATH }}: a properties file that the application reads again when it changes. */
    public static final class Configuration extends PathSettings {
        public Configuration() {
            super(Role.CONFIGURATION, "a properties file", false);
        }
    }

    /** {@code channels: { log: { file: PATH } }}: a folder in which each message becomes a file. */
    public static final class Channel extends PathSettings {
        public Channel() {
            super(Role.CHANNEL, "a folder of messages", false);
        }
    }

    /** {@code replay: { file: PATH }}: recorded requests; the file is part of what is approved. */
    public static final class Recorded extends PathSettings {
        public Recorded() {
            super(Role.REPLAY, "a file of recorded requests", true);
        }
    }
}
