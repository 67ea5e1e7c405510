package io.bascule.aws.settings;

import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;

/** One word of the plan file in one role, with its table of keys. */
abstract class Means implements SettingsDecoder {
    private final Role role;
    private final String adapter;
    private final Section keys;

    Means(Role role, String adapter, Section keys) {
        this.role = role;
        this.adapter = adapter;
        this.keys = keys;
    }

    @Override
    public final Role role() {
        return role;
    }

    @Override
    public final String adapter() {
        return adapter;
    }

    @Override
    public final Section keys() {
        return keys;
    }
}
