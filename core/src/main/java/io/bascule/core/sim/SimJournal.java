package io.bascule.core.sim;

import io.bascule.core.json.Json;
import io.bascule.core.json.RecordJson;
import io.bascule.core.port.Message;
import io.bascule.core.run.Direction;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Journal;
import io.bascule.core.run.JournalUncertain;
import io.bascule.core.run.Order;
import io.bascule.core.run.RunEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal in memory; crashes, stale leases and doubtful writes happen at the entries they are planned for. */
public final class SimJournal implements Journal {
    /** What happens at an append. */
    public enum Break {
        /** The worker dies before the entry is written. */
        CRASH_BEFORE,
        /** The worker dies directly after. */
        CRASH_AFTER,
        /** The lease has gone to someone else: nothing is written. */
        STALE,
        /** Not written, and nobody can say so. */
        UNCERTAIN_LOST,
        /** Written, and nobody can say so. */
        UNCERTAIN_WRITTEN
    }

    /** The worker died. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the worker died", null, false, false);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private final Map<Integer, Break> breaks = new HashMap<>();
    private final boolean chained;
    private int appends;
    private Consumer<Entry> listener = _ -> {};
    private boolean rollingBack;
    private boolean lossAccepted;
    private boolean foreignAllowed;

    SimJournal(boolean chained) {
        this.chained = chained;
    }

    /** @param append counted from 1 over the whole run, failed ones included */
    public void breakAt(int append, Break how) {
        breaks.put(append, how);
    }

    void listen(Consumer<Entry> to) {
        listener = to;
    }

    @Override
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    @Override
    public boolean append(Entry entry, List<Message> caused) {
        Optional<Break> planned = Optional.ofNullable(breaks.get(++appends));
        if (planned.isPresent()) {
            switch (planned.get()) {
                case CRASH_BEFORE -> throw new Crash();
                case UNCERTAIN_LOST -> throw new JournalUncertain("disk full", new IllegalStateException("no space"));
                case STALE -> {
                    return false;
                }
                case CRASH_AFTER, UNCERTAIN_WRITTEN -> {}
            }
        }
        if (entry.seq() != entries.size() + 1L) {
            return false;
        }
        write(entry, caused);
        if (planned.isPresent() && planned.get() == Break.CRASH_AFTER) {
            throw new Crash();
        }
        if (planned.isPresent() && planned.get() == Break.UNCERTAIN_WRITTEN) {
            throw new JournalUncertain("connection lost", new IllegalStateException("no answer"));
        }
        return true;
    }

    private void write(Entry entry, List<Message> caused) {
        entries.add(entry);
        messages.addAll(caused);
        if (chained) {
            hashes.add(hash(hashes.isEmpty() ? "" : hashes.getLast(), entry));
        }
        switch (entry.event()) {
            case RunEvent.RollbackBegun _ -> rollingBack = true;
            case RunEvent.Ended _ -> rollingBack = false;
            case RunEvent.OrderAccepted e
            when e.order() instanceof Order.Rollback r -> {
                lossAccepted |= r.acceptLoss();
                foreignAllowed |= r.force();
            }
            case RunEvent.OrderAccepted e when e.order() instanceof Order.Resume r -> foreignAllowed |= r.adopt();
            default -> {}
        }
        listener.accept(entry);
    }

    public int appends() {
        return appends;
    }

    public List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }

    boolean rollingBack() {
        return rollingBack;
    }

    boolean lossAccepted() {
        return lossAccepted;
    }

    /** A person has adopted a foreign state, or told us to restore over one. */
    boolean foreignAllowed() {
        return foreignAllowed;
    }

    /** The intent that the last entry is, if it is one. */
    Optional<RunEvent.IntentRecorded> lastIntent() {
        return !entries.isEmpty() && entries.getLast().event() instanceof RunEvent.IntentRecorded intent
                ? Optional.of(intent)
                : Optional.empty();
    }

    /** Whether any intent of that direction was ever written. */
    boolean intended(Direction direction) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.event() instanceof RunEvent.IntentRecorded intent && intent.direction() == direction);
    }

    /** Whether every hash still follows from the entries. */
    boolean chainIntact() {
        String previous = "";
        for (int i = 0; i < hashes.size(); i++) {
            previous = hash(previous, entries.get(i));
            if (!previous.equals(hashes.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String hash(String previous, Entry entry) {
        String body = entry.seq() + " " + entry.at() + " "
                + Json.canonical(RecordJson.toMap((Record) (Object) entry.event()));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((previous + body).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
