package io.bascule.planfile.problem;

/** The codes of faults in a file's form: text (10xx), keys (11xx), values (12xx), what values point at (13xx). */
public enum Code {
    UNREADABLE(
            1001,
            "the file cannot be read",
            "The plan or an overlay does not exist, is no ordinary file, may not be read, or is not UTF-8 text.",
            "Check the path and its permissions; save the file as UTF-8."),
    TOO_LARGE(
            1002,
            "the file is too large",
            "A plan file may have one mebibyte. Larger ones are refused before they are parsed.",
            "Check that this is a plan; move long texts into files that the plan refers to."),
    SYNTAX(
            1003,
            "not YAML",
            "The text is not YAML 1.2. The place is where the parser could not go on; the cause often lies a line above.",
            "Look for a missing colon, bracket or quote, a tab used to indent, or an item indented differently."),
    TOO_DEEP(
            1004,
            "nested too deeply",
            "Values may nest 32 levels; no plan needs more than ten.",
            "Look for brackets that were never closed."),
    ANCHOR(
            1005,
            "anchors and aliases are not used in plans",
            "What approvers sign should be readable where it stands, so a plan has no '&name' and no '*name'.",
            "Write the value out at each place. A text that begins with & or * needs quotes."),
    TAG(
            1006,
            "tags are not used in plans",
            "The type of a value is known from its key, so a plan has no '!tag'.",
            "Remove the tag; a text that begins with ! needs quotes."),
    MANY_DOCUMENTS(
            1007,
            "more than one document",
            "A plan file is one YAML document. A line with three dashes began a second.",
            "Keep each plan in a file of its own; values that vary belong into an overlay."),
    TOO_MANY(
            1009,
            "more problems than are listed",
            "The list ends at two hundred problems.",
            "Mend those listed, then check again."),
    UNKNOWN_KEY(
            1101,
            "unknown key",
            "The key means nothing at this place. Keys are never ignored: a misspelt one would silently fall back to a default.",
            "Correct the spelling; 'bascule explain KEY' lists what is known."),
    DUPLICATE_KEY(
            1102,
            "a key twice",
            "The same key stands twice in one map, so two values claim one meaning.",
            "Remove one of the two. The earlier place is named in the message."),
    MISSING_KEY(
            1103,
            "a required key is missing",
            "The key has no default, because no value of it would be safe to assume.",
            "Add the key; 'bascule explain KEY' shows its form and an example."),
    WRONG_FORM(
            1104,
            "a value of the wrong form",
            "A map, a list or a single value stands where the key wants another of the three.",
            "Compare the value with the example in the hint."),
    UNKNOWN_WORD(
            1105,
            "a word that the key does not know",
            "The key takes one of a few words.",
            "Use one of the words in the hint."),
    UNKNOWN_ADAPTER(
            1106,
            "no such adapter",
            "The plan names a means (a router, a database, a channel) that no module of this installation brings.",
            "Correct the name, or install the module that brings it."),
    ONE_OF(
            1107,
            "exactly one of several keys",
            "These keys exclude each other, and one of them is needed.",
            "Keep the one that is meant."),
    BAD_NAME(
            1108,
            "not a name",
            "Names begin with a small letter and have small letters, digits and dashes, at most 63 in all; they appear in journals, commands and addresses.",
            "Rename it, for example 'front-door'."),
    NOT_WITH(
            1109,
            "a key that does not fit its neighbours",
            "The key has a meaning only together with another key, or with another value of it.",
            "Remove the key, or change the value that the message names."),
    UNANSWERED(
            1111,
            "a value that is still owed",
            "A plan made from another tool's file has the word 'unanswered' where that file says nothing, because no value would be safe to assume.",
            "Put the value in its place; the comment beside it says what is asked, 'bascule explain KEY' what the key takes."),
    COMPLEX_KEY(
            1110,
            "a key that is no text",
            "The keys of a plan are single words.",
            "Write the key as a word followed by a colon."),
    DURATION(
            1201,
            "not a duration",
            "Durations carry their units, from large to small: 2d, 1h30m, 10s, 250ms. A bare number has no unit and is refused.",
            "Add the unit."),
    PERCENT(
            1202,
            "not a percentage",
            "Percentages carry the sign, lie between 0% and 100% and have at most two decimals.",
            "Write it as 10% or 12.5%."),
    RATE(1203, "not a rate", "Rates are a number per s, min or h.", "Write it as 500/s."),
    NUMBER(
            1204,
            "not a number in range",
            "The key takes a number, within the bounds that the message names.",
            "Write a number without quotes and units."),
    ADDRESS(
            1205,
            "not an address",
            "The key takes an http or https address with a host.",
            "Write it as http://127.0.0.1:8080."),
    SECRET(
            1206,
            "a secret must be a reference",
            "Secrets never stand in a plan: plans are mailed, signed and stored. The value itself is not repeated here.",
            "Write env:NAME, file:PATH or secrets-manager:ARN, and change the secret if it has been in a file that others could read."),
    EXPRESSION(
            1207,
            "not a bound",
            "A bound is METRIC <= VALUE or METRIC >= VALUE, where VALUE is a number with its unit, or a multiple of source or baseline, such as p95 <= 1.5 x source + 50ms.",
            "The caret shows where reading stopped, the message what was expected there."),
    TIME(
            1208,
            "not a time",
            "A time is written 2026-11-28T22:00, local to the zone beside it, or with its own offset.",
            "Write the date, a T, hours and minutes."),
    TIME_GAP(
            1209,
            "a time that does not exist",
            "Clocks in this zone skip that time when summer time begins.",
            "Choose one of the two readings in the message, or give the offset with the time."),
    TIME_OVERLAP(
            1210,
            "a time that happens twice",
            "Clocks in this zone show that time twice when summer time ends.",
            "Give the offset with the time, as the two readings in the message do."),
    ZONE(
            1211,
            "not a time zone",
            "The key takes an IANA zone; abbreviations such as CET are not accepted, for many of them are ambiguous.",
            "Write it as Europe/Berlin."),
    UNIT(
            1212,
            "a bound in the wrong unit",
            "Rates are bounded by percentages or fractions, percentiles by times, gauges by plain numbers.",
            "Use the unit that the metric has."),
    TEXT(
            1213,
            "not a text of the expected form",
            "The key takes a text, or a text of a certain form; a bare number, true, false and null are no texts.",
            "Compare with the example; put numbers that are meant as texts into quotes."),
    PHRASE(
            1214,
            "not the phrase that the key takes",
            "The key takes a short phrase with a number in it, so that the plan reads as it is meant.",
            "Compare with the example in the hint."),
    FILE_MISSING(
            1303,
            "a file that the plan refers to cannot be read",
            "Scripts and other files named by a plan are part of what is approved, so they must exist when it is checked.",
            "Correct the path (it starts at the plan's folder), or create the file."),
    SIDE_UNSAID(
            1304,
            "whose configuration is it",
            "A configure step must say which side's application reads it. It was neither written nor is it the first part of the path.",
            "Add 'side: source' or 'side: target'."),
    OVERLAY_ADDS(
            1305,
            "an overlay cannot add steps or phases",
            "An overlay changes the values of a plan; what is done and in which order stays in the plan that is read.",
            "Add the step to the plan itself, or correct the phase or kind in the overlay."),
    CONNECTS_TWICE(
            1306,
            "one step configures two stores",
            "A configure step may point an application to the store of one dataset, so that its undo has one meaning.",
            "Write one configure step for each dataset."),
    OWNER_UNSAID(
            1307,
            "a step without an owner",
            "Each step has an owner. It is the first person with the role lead unless the step says otherwise, and nobody has that role.",
            "Give someone the role lead, or the step an owner."),
    LOOKS_SECRET(
            9001,
            "a value that looks like a secret",
            "The name of the key or the form of the value suggests a password, key or token. The value itself is not repeated here.",
            "Write env:NAME, file:PATH or secrets-manager:ARN instead, and change the secret if it was one.");

    private final int digits;
    private final String title;
    private final String meaning;
    private final String remedy;

    Code(int digits, String title, String meaning, String remedy) {
        this.digits = digits;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** {@code BSC-1101}; never changes. */
    public String number() {
        return "BSC-" + digits;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }
}
