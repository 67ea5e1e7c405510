package io.bascule.planfile.builtin;

import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import java.util.Map;

/**
 * {@code moved: { kind: sqlite }}: a dataset in an SQLite file. Settings: {@code source}, {@code target} (paths),
 * {@code way-back} (reverse or none).
 */
public final class SqliteSettings implements SettingsDecoder {
    private static final Key<String> SOURCE = Key.of(
                    "source", Types.path("source/shop.db"), "The source's database file.")
            .required();
    private static final Key<String> TARGET = Key.of(
                    "target", Types.path("target/shop.db"), "The target's database file.")
            .required();
    private static final Key<Boolean> WAY_BACK = Key.of(
                    "way-back",
                    Types.words(Map.of("reverse", true, "none", false), false),
                    "'reverse' keeps the source's copy current until COMMIT; with 'none' COMMIT stands before the freeze.")
            .required();

    @Override
    public Role role() {
        return Role.CARRIER;
    }

    @Override
    public String adapter() {
        return "sqlite";
    }

    @Override
    public Section keys() {
        return Section.of("an SQLite database", SOURCE, TARGET, WAY_BACK);
    }
}
