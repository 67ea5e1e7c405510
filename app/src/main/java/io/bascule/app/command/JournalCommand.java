package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.core.json.Json;
import io.bascule.core.json.RecordJson;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunId;
import io.bascule.engine.ChainReport;
import io.bascule.engine.JdbcStore;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "journal", description = "Prints every recorded event of a run.", mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run (default: the last one).")
    @Nullable
    String run;

    @Option(names = "--verify", description = "Walks the hash chain.")
    boolean verify;

    @Override
    public Integer call() {
        RunId id = common.run(run);
        try (JdbcStore store = common.openStoreOf(id)) {
            return verify ? verify(store, id) : print(store, id);
        }
    }

    private int verify(JdbcStore store, RunId id) {
        store.planBody(id);
        ChainReport chain = store.verify(id);
        if (common.json()) {
            common.jsonVersion();
            common.json(Json.object(
                    "type", "journal.chain",
                    "run", id.text(),
                    "intact", chain.intact(),
                    "entries", chain.entries(),
                    "head", chain.head(),
                    "brokenAt", chain.intact() ? null : (Object) chain.brokenAt()));
        } else {
            common.say(
                    chain.intact()
                            ? id + ": the chain is intact, " + chain.entries() + " entries, head " + chain.head()
                            : id + ": the chain is broken at entry " + chain.brokenAt() + ": " + chain.what());
        }
        return chain.intact() ? ExitCode.DONE : ExitCode.ERROR;
    }

    private int print(JdbcStore store, RunId id) {
        store.planBody(id);
        if (common.json()) {
            common.jsonVersion();
        }
        for (Entry entry : store.journal(id)) {
            if (common.json()) {
                common.json(Json.object(
                        "type", "journal.entry",
                        "seq", entry.seq(),
                        "at", entry.at(),
                        "event", entry.event().getClass().getSimpleName(),
                        "body", RecordJson.toMap((Record) entry.event())));
            } else {
                common.say(String.format(
                        "%5d  %s  %-15s %s",
                        entry.seq(),
                        entry.at(),
                        entry.event().getClass().getSimpleName(),
                        entry.event().reason()));
            }
        }
        return ExitCode.DONE;
    }
}
