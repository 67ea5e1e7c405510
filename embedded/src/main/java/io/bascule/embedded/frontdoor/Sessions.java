package io.bascule.embedded.frontdoor;

import io.bascule.core.plan.Side;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients bound to a side, by the identity in their cookie {@code BASCULE_SIDE=source-<16 hex digits>}. At most
 * 100,000, the least recently seen go first; one not seen for 30 minutes is forgotten. Not safe for threads.
 */
final class Sessions {
    static final String COOKIE = "BASCULE_SIDE";
    static final Duration IDLE = Duration.ofMinutes(30);
    private static final int SESSIONS_MAX = 100_000;

    private final Map<String, Session> byId = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Side, Integer> counts = new EnumMap<>(Side.class);
    private final SecureRandom random = new SecureRandom();

    record Session(String id, Side side, Instant seen) {
        String cookie() {
            return side.word() + "-" + id;
        }
    }

    /** The session a cookie names; one that we do not know (we were restarted) is taken at its word. */
    Optional<Session> find(String cookie, Instant now) {
        int dash = cookie.indexOf('-');
        if (dash < 0 || cookie.length() - dash - 1 != 16) {
            return Optional.empty();
        }
        String word = cookie.substring(0, dash);
        if (!word.equals("source") && !word.equals("target")) {
            return Optional.empty();
        }
        Session known = byId.get(cookie.substring(dash + 1));
        return Optional.of(known != null ? known : new Session(cookie.substring(dash + 1), Side.ofWord(word), now));
    }

    Session fresh(Side side, Instant now) {
        byte[] id = new byte[8];
        random.nextBytes(id);
        return new Session(HexFormat.of().formatHex(id), side, now);
    }

    /** Remembers that the session was seen on its side. */
    void keep(Session session) {
        Session before = byId.put(session.id(), session);
        if (before != null) {
            counts.merge(before.side(), -1, Integer::sum);
        }
        counts.merge(session.side(), 1, Integer::sum);
        if (byId.size() > SESSIONS_MAX) {
            Iterator<Session> eldest = byId.values().iterator();
            drop(eldest.next(), eldest);
        }
    }

    int count(Side side) {
        return counts.getOrDefault(side, 0);
    }

    /** Binds every client of one side to the other, at once. */
    void moveAll(Side from) {
        byId.replaceAll((_, session) ->
                session.side() == from ? new Session(session.id(), from.other(), session.seen()) : session);
        counts.merge(from.other(), count(from), Integer::sum);
        counts.put(from, 0);
    }

    void forgetIdle(Instant now) {
        Instant since = now.minus(IDLE);
        Iterator<Session> eldest = byId.values().iterator();
        while (eldest.hasNext()) {
            Session session = eldest.next();
            if (session.seen().isAfter(since)) {
                return;
            }
            drop(session, eldest);
        }
    }

    private void drop(Session session, Iterator<Session> at) {
        at.remove();
        counts.merge(session.side(), -1, Integer::sum);
    }
}
