package io.bascule.embedded.files;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fields of an application's configuration file; every other byte of it is kept, and the file is replaced as a whole.
 * A leased field is written as {@code FIELD}, {@code FIELD.until}, {@code FIELD.else}: the application falls back by
 * itself at that instant, and from then on {@code FIELD} is observed as {@code FIELD.else}, without a write.
 *
 * <p>Compare-and-set: the owned fields are compared with those expected, and the file's hash once more directly before
 * the rename; between that look and the rename (under a millisecond) another's edit would be lost. Remembers no tokens.
 * Safe for threads within one object.
 */
public final class FileConfiguration implements Actuator {
    private final Path file;
    private final FlatFormat format;
    private final SortedSet<String> fields;
    private final InstantSource clock;

    /**
     * @param fields owned by us, without their leases' fields
     * @param clock the one that the application's deadlines go by
     */
    public FileConfiguration(Path file, FlatFormat format, SortedSet<String> fields, InstantSource clock) {
        this.file = file;
        this.format = format;
        this.fields = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
        this.clock = clock;
    }

    @Override
    public Authority authorise(Deadline deadline) {
        if (!Files.isRegularFile(file)) {
            return new Authority.Untold("there is no " + file);
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean may = Files.isReadable(file) && folder != null && Files.isWritable(folder);
        return may ? new Authority.Granted() : new Authority.Denied("no permission to replace " + file);
    }

    @Override
    public Reading observe(Deadline deadline) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return new Reading.Seen(image(bytes));
        } catch (NoSuchFileException e) {
            return new Reading.Unseen("there is no " + file);
        } catch (IOException | DateTimeParseException e) {
            return new Reading.Unseen(file + " cannot be read: " + e.getMessage());
        }
    }

    private Image image(byte[] bytes) {
        FlatText text = parse(bytes);
        Instant now = clock.instant();
        TreeMap<String, String> owned = new TreeMap<>();
        for (String field : fields) {
            String until = text.get(format.until(field)).orElse("");
            String otherwise = text.get(format.otherwise(field)).orElse("");
            boolean leased = !until.isEmpty() && !otherwise.isEmpty();
            if (leased && !now.isBefore(Instant.parse(until))) {
                owned.put(field, decoded(otherwise));
            } else {
                text.get(field).ifPresent(value -> owned.put(field, decoded(value)));
                if (leased) {
                    owned.put(field + ".until", until);
                    owned.put(field + ".else", decoded(otherwise));
                }
            }
        }
        return new Image(owned, new TreeMap<>()).withContext("sha256", hash(bytes));
    }

    private FlatText parse(byte[] bytes) {
        return FlatText.parse(format, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Bytes are carried as ISO-8859-1 so that none is lost; our values in them are UTF-8. */
    private static String decoded(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(FileChannel.sha256(bytes));
    }

    @Override
    public synchronized Outcome apply(Change change, Deadline deadline) {
        String wrong = problem(change.wanted().owned());
        if (!wrong.isEmpty()) {
            return new Outcome.Refused(wrong, false);
        }
        Instant now = clock.instant();
        if (now.isAfter(change.notAfter())) {
            return new Outcome.Refused("too late: after " + change.notAfter(), false);
        }
        if (!now.isBefore(deadline.at())) {
            return new Outcome.Refused("no time left", true);
        }
        try {
            return replace(change);
        } catch (AtomicFile.NotForced e) {
            return new Outcome.Unknown(file + ": " + e.getMessage());
        } catch (IOException | DateTimeParseException e) {
            return new Outcome.Refused(file + ": " + e, true);
        }
    }

    /** Nothing is on its way once {@link #apply} has returned or its process has died. */
    @Override
    public boolean refusesLate() {
        return true;
    }

    private Outcome replace(Change change) throws IOException {
        byte[] before = Files.readAllBytes(file);
        Image is = image(before);
        boolean there = is.sameState(change.wanted());
        if (!there && !is.sameState(change.expected())) {
            return new Outcome.Refused(
                    "it is " + is.brief() + ", not " + change.expected().brief(), false);
        }
        FlatText text = edited(parse(before), change.wanted().owned());
        byte[] after = text.text().getBytes(StandardCharsets.ISO_8859_1);
        String hash = hash(after);
        if (hash(before).equals(hash)) {
            return new Outcome.Done(hash);
        }
        if (!hash(Files.readAllBytes(file)).equals(hash(before))) {
            return new Outcome.Refused(file + " was being edited by another", true);
        }
        AtomicFile.replace(file, after);
        return new Outcome.Done(hash);
    }

    private FlatText edited(FlatText text, SortedMap<String, String> wanted) {
        Map<String, String> set = new TreeMap<>();
        List<String> remove = new ArrayList<>();
        for (String field : fields) {
            place(wanted, field, field, set, remove);
            place(wanted, field + ".until", format.until(field), set, remove);
            place(wanted, field + ".else", format.otherwise(field), set, remove);
        }
        return text.with(set, remove);
    }

    private static void place(
            Map<String, String> wanted, String from, String key, Map<String, String> set, List<String> remove) {
        String value = wanted.get(from);
        if (value == null) {
            remove.add(key);
        } else {
            set.put(key, encoded(value));
        }
    }

    private String problem(SortedMap<String, String> wanted) {
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            String key = entry.getKey();
            boolean until = key.endsWith(".until") && fields.contains(key.substring(0, key.length() - 6));
            boolean otherwise = key.endsWith(".else") && fields.contains(key.substring(0, key.length() - 5));
            if (!fields.contains(key) && !until && !otherwise) {
                return key + " is no field of ours in " + file;
            }
            if (until && !wanted.containsKey(key.substring(0, key.length() - 6) + ".else")) {
                return key + " has no " + key.substring(0, key.length() - 6) + ".else";
            }
            if (until && !isInstant(entry.getValue())) {
                return key + " is no instant: " + entry.getValue();
            }
        }
        return "";
    }

    private static boolean isInstant(String text) {
        try {
            return Instant.parse(text).isAfter(Instant.EPOCH);
        } catch (DateTimeParseException _) {
            return false;
        }
    }
}
