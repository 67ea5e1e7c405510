package io.bascule.app.term;

import io.bascule.core.run.Entry;

/** Says nothing. */
public final class QuietView implements RunView {
    @Override
    public void entry(Entry entry) {}

    @Override
    public void moment() {}

    @Override
    public void end() {}
}
