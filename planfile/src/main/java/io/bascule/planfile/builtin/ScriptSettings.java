package io.bascule.planfile.builtin;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import java.util.Optional;

/**
 * {@code decommission: { script: { run, observe } }}: programs of the user's that remove a side and say whether it
 * exists. Settings: {@code run}, {@code observe} (paths); both files are part of what is approved.
 */
public final class ScriptSettings implements SettingsDecoder {
    private static final Key<String> RUN =
            Key.of("run", Types.FILE, "The program that removes the side.").required();
    private static final Key<String> OBSERVE = Key.of(
                    "observe", Types.FILE, "The program that prints whether it still exists: yes or no.")
            .required();

    @Override
    public Role role() {
        return Role.EXISTENCE;
    }

    @Override
    public String adapter() {
        return "script";
    }

    @Override
    public Section keys() {
        return Section.of("programs of yours", RUN, OBSERVE);
    }

    @Override
    public Optional<Key<?>> main() {
        return Optional.empty();
    }
}
