package io.bascule.app;

import io.bascule.app.report.WayBackSheet;
import io.bascule.app.term.RunView;
import io.bascule.app.wiring.StoredRuns;
import io.bascule.app.wiring.Wiring;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.run.Entry;
import io.bascule.core.run.RunId;
import io.bascule.core.run.RunStatus;
import io.bascule.engine.Engine;
import io.bascule.engine.EngineSettings;
import io.bascule.engine.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Ticks one run in the foreground, with someone watching, until it is over or the user stops it. */
public final class Runner {
    private static final Duration MOMENT = Duration.ofMillis(100);
    private final JdbcStore store;
    private final RunId run;
    private final CutoverPlan plan;
    private final RunView view;
    private final Path sheetFolder;
    private final Consumer<Entry> also;
    private final AtomicBoolean stop = new AtomicBoolean();

    public Runner(JdbcStore store, RunId run, CutoverPlan plan, RunView view, Path sheetFolder, Consumer<Entry> also) {
        this.store = store;
        this.run = run;
        this.plan = plan;
        this.view = view;
        this.sheetFolder = sheetFolder;
        this.also = also;
    }

    /** Stops ticking soon; the run itself stays as it is. */
    public void stop() {
        stop.set(true);
    }

    /** Until the run is over or {@link #stop}. Shows what was journaled before first. Empty when stopped. */
    public Optional<RunStatus> run() throws InterruptedException {
        WayBackSheet sheet = new WayBackSheet(plan, run, sheetFolder);
        BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
        for (Entry entry : store.journal(run)) {
            heard(sheet, entry);
        }
        sheet.write();
        try (Engine engine = new Engine(
                store,
                new Wiring(new StoredRuns(store)),
                EngineSettings.of(store).withOnly(run))) {
            engine.listen((other, entry) -> {
                if (other.equals(run)) {
                    queue.add(entry);
                }
            });
            Thread working = Thread.ofPlatform().daemon().name("engine").start(() -> work(engine));
            while (working.isAlive() || !queue.isEmpty()) {
                Entry entry = queue.poll(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
                if (entry != null) {
                    heard(sheet, entry);
                    sheet.write();
                }
                view.moment();
            }
        }
        view.end();
        RunStatus status = store.status(run);
        return status.terminal() ? Optional.of(status) : Optional.empty();
    }

    private void work(Engine engine) {
        try {
            engine.runUntilRest(run, stop::get);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(WayBackSheet sheet, Entry entry) {
        sheet.entry(entry);
        view.entry(entry);
        also.accept(entry);
    }
}
