package io.bascule.core.rules;

/** Every rule for plans, with the paragraph that explains it. Warnings have codes from BSC-9000 up. */
public enum Rule {
    UNKNOWN_NAME(
            1301,
            "a name that the plan does not have",
            "The plan refers to an entrance, dataset, metric, person or role that it does not declare.",
            "Correct the spelling, or declare it."),
    DUPLICATE_NAME(
            1302,
            "a name twice",
            "Two things of one kind have the same name, so a reference to it has two meanings.",
            "Rename one of them."),
    SEQUENCE(
            1401,
            "phases out of order",
            "Each shape has one legal sequence of phases. A plan may leave phases out; it may not reorder or repeat them otherwise, and it needs GO.",
            "Put the phases into the order in the message. A phase that the sequence has twice is written configure-2 the second time."),
    COMMIT_PLACE(
            1402,
            "COMMIT at the wrong side of the freeze",
            "Without reverse capture nothing can come back once the target has taken a write, so people must give the way back up before the freeze. With reverse capture the way back stays open, and COMMIT belongs after the bake.",
            "Move COMMIT directly before FREEZE, or give every moved dataset 'way-back: reverse' and put COMMIT after the bake."),
    STEP_PLACE(
            1403,
            "a step in a phase where it does not belong",
            "Each kind of step has its phases: what changes live traffic or data may not happen in a phase that promises to change nothing.",
            "Move the step to one of the phases in the message."),
    INSIDE_FREEZE(
            1404,
            "something that may wait, inside the freeze",
            "From the fence to RELEASE users' writes wait. Nothing but freezing, moving the data, configuring, read-only smoke checks and a flip's shift may happen there: no gate, no load.",
            "Move it before FREEZE or after RELEASE."),
    DATA_PHASES(
            1405,
            "data is to move, and a phase for it is missing",
            "A shape that moves data needs FREEZE, SYNC and RELEASE, each with its step; a shape that moves none has no use for them.",
            "Add the phase, or choose the shape that fits."),
    ONE_WRITABLE(
            1406,
            "two databases could take writes",
            "At every moment at most one database of a dataset accepts writes, and no entrance sends users to a side that uses another one. So before users or writes get to a side, a configure step must have pointed it to the right store.",
            "Add the configure step that the message names; its value must equal the dataset's location."),
    GATE_ANSWER(
            1407,
            "a gate that nobody can answer",
            "The gate asks for more approvals than there are people with the roles that it asks.",
            "Give more people the roles, or ask more roles, or need fewer."),
    STAGE_UNJUDGED(
            1408,
            "a stage that nothing judges",
            "Traffic moves and is watched, but no bound says what would be too bad. Such a stage would always pass.",
            "Add bounds under judgement.default: 'limits' and 'against-source'."),
    REQUESTS_REACHED(
            1409,
            "a stage that cannot have enough requests",
            "The minimum of requests is more than the expected traffic brings to the judged side within the soak, so the stage could not pass on time.",
            "Soak longer, begin with a larger share, or lower the minimum."),
    FREEZE_TIME(
            1410,
            "the freeze cannot be done in its time",
            "The planned times of the steps from the fence to RELEASE add up to more than is announced, or more than the lease allows; past the lease the source takes writes again by itself.",
            "Raise 'expected' and 'at-most', or make the steps shorter."),
    WINDOW_TIME(
            1411,
            "the window is too short",
            "The plan's own times, the time to roll it back and the margin do not fit into the window. A roll-back that begins late would end outside it.",
            "Make the window longer, or the plan shorter; work before GO may be done before the window when it has a fixed opening."),
    WRITERS_SAID(
            1412,
            "writers left unsaid",
            "Data moves under a freeze, and the freeze can only prove those writers refused that the plan names. Silence is how forgotten jobs lose data.",
            "List every writer: applications, jobs, consumers, people. An entrance that carries writes needs a writer through it; one that carries none says 'writes: []'."),
    DATA_CARRIED(
            1413,
            "a dataset that is said to move, and does not",
            "Each moved dataset is synchronised and compared, and with 'way-back: reverse' captured in reverse, in SYNC.",
            "Add the steps sync, compare-data and reverse-on for it, or say that it is shared, rebuilt or dropped."),
    IRREVERSIBLE(
            1414,
            "irreversible before the point of no return",
            "The way back is open until COMMIT. A step without an undo before it would close it unasked.",
            "Move the step behind COMMIT, or give it an undo."),
    UNOBSERVED(
            1415,
            "a change that cannot be observed",
            "A script with an effect must be able to say what state it left, or a run that was interrupted could not know whether it happened.",
            "Give it 'observe', a program that prints the state; or 'effect: none' when it only looks."),
    STAGES(
            1416,
            "stages that do not lead to the target",
            "Stages rise and end at 100%, each with a soak in which it is judged. A flip has exactly one, 100% without a soak, for nothing can be judged inside the freeze.",
            "Correct the list of stages."),
    FOLLOWS(
            1417,
            "a decommission and the run before it",
            "A decommission names the run whose source it removes; other shapes follow nothing.",
            "Add 'follows: RUN', or remove it."),
    BASELINE(
            1418,
            "no baseline to compare with",
            "RELEASE and everything else that is compared with the baseline needs one from before the freeze.",
            "Add 'judge: { record: baseline, for: 10m }' to PREPARE."),
    ENTRANCE_LEFT(
            1419,
            "an entrance that stays behind",
            "Users come in by every entrance of the plan; the shifts, one for all or several in turn, move all of them, or some would stay on a side that is given up.",
            "Add the entrance to the shift, or a shift of its own."),
    STORES(
            1420,
            "a dataset that moves nowhere",
            "The source's and the target's location of a moved dataset are the same, so no configuration could tell them apart.",
            "Correct one of them, or say that the dataset is shared."),
    PREPARE_GATE(
            1421,
            "a live change before GO that nobody approves",
            "PREPARE may change something live (a name's time to live, capacity, what a script touches), but only with an approval of its own: GO comes later.",
            "Write the phase as 'prepare: { gate: { ask: [lead] }, steps: [ … ] }'."),
    REQUESTER_ALONE(
            9407,
            "the only approver may not be the requester",
            "Only one person has the roles that this gate asks, and 'requester-alone: false' forbids that person to approve a run which they started themselves. Somebody else must start it.",
            "Give a second person one of the roles, or let somebody else start the run.");

    private final int digits;
    private final String title;
    private final String meaning;
    private final String remedy;

    Rule(int digits, String title, String meaning, String remedy) {
        this.digits = digits;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** {@code BSC-1401}; never changes. */
    public String code() {
        return "BSC-" + digits;
    }

    public boolean isWarning() {
        return digits >= 9000;
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
