package io.bascule.data.sqlite;

import java.sql.SQLException;
import java.util.Optional;

/** What a target says of itself as a copy. */
final class Copied {
    private Copied() {}

    /**
     * Whether {@code target} is a copy that nothing on {@code source} has outrun. Once it has been opened it is for
     * good; before that it lasts as long as the source's fence under which it was made.
     */
    static boolean isDone(Db db, String target, String source) throws SQLException {
        return stale(db, target, source).isEmpty();
    }

    /** Why it is no current copy. */
    static Optional<String> stale(Db db, String target, String source) throws SQLException {
        if (Controls.get(db, target, Controls.COPY).isEmpty()) {
            return Optional.of("the target bears no mark of a copy");
        }
        if (Controls.get(db, target, Controls.OPENED).isPresent()) {
            return Optional.empty();
        }
        Fence fence = Fence.read(db, source);
        return fence.isOpen() || fence.epoch() != Controls.getLong(db, target, Controls.COPY_EPOCH)
                ? Optional.of("the source has been open since the copy")
                : Optional.empty();
    }
}
