package io.bascule.core.sim;

import static io.bascule.core.plan.PhaseKind.BAKE;
import static io.bascule.core.plan.PhaseKind.COMMIT;
import static io.bascule.core.plan.PhaseKind.CONFIGURE;
import static io.bascule.core.plan.PhaseKind.FREEZE;
import static io.bascule.core.plan.PhaseKind.GO;
import static io.bascule.core.plan.PhaseKind.PREFLIGHT;
import static io.bascule.core.plan.PhaseKind.PREPARE;
import static io.bascule.core.plan.PhaseKind.RELEASE;
import static io.bascule.core.plan.PhaseKind.REVIEW;
import static io.bascule.core.plan.PhaseKind.SMOKE;
import static io.bascule.core.plan.PhaseKind.SYNC;
import static io.bascule.core.plan.PhaseKind.VALIDATE;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Settings;
import io.bascule.core.plan.Shape;
import io.bascule.core.plan.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans of every shape, built in code: the demo's shop, and its relatives. For tests and rehearsals of the tool. */
public final class SimPlans {
    private SimPlans() {}

    public static List<CutoverPlan> all() {
        return List.of(
                dataFirst(),
                webFirst(),
                flip(),
                stateless(),
                decommission(),
                commitFirst(),
                severalOfEverything(),
                inTurn(),
                byMeans());
    }

    /** The demo's plan: one entrance, one database, reverse capture until COMMIT. */
    public static CutoverPlan dataFirst() {
        PlanBuilder plan = new PlanBuilder("shop", Shape.DATA_FIRST);
        plan.entrance("web").moved("orders", true).writer("web").singleton("invoices");
        prepared(plan);
        frozen(plan, "orders");
        plan.step(SYNC, new Action.ReverseOn("orders"));
        plan.configure(CONFIGURE, Side.SOURCE, "orders", Side.TARGET);
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.TARGET);
        released(plan);
        plan.shift(10, 25, 50, 100).bake(BAKE, 15);
        return committed(plan).step(REVIEW, new Action.ReverseOff("orders")).build();
    }

    /** Users move first, while both sides use the source's database. */
    public static CutoverPlan webFirst() {
        PlanBuilder plan = new PlanBuilder("web-first", Shape.WEB_FIRST);
        plan.entrance("web").moved("orders", true).writer("web").singleton("invoices");
        prepared(plan);
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.SOURCE);
        plan.step(SMOKE, smoke());
        plan.shift(10, 50, 100).bake(BAKE, 10);
        frozen(plan, "orders");
        plan.step(SYNC, new Action.ReverseOn("orders"));
        plan.again(CONFIGURE);
        plan.configure(CONFIGURE, Side.SOURCE, "orders", Side.TARGET);
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.TARGET);
        plan.again(SMOKE);
        released(plan);
        plan.again(BAKE).bake(BAKE, 10);
        return committed(plan).step(REVIEW, new Action.ReverseOff("orders")).build();
    }

    /** The sides cannot share a database: users and data move together inside one freeze. */
    public static CutoverPlan flip() {
        PlanBuilder plan = new PlanBuilder("flip", Shape.FLIP);
        plan.entrance("web").moved("orders", true).writer("web").singleton("invoices");
        prepared(plan);
        frozen(plan, "orders");
        plan.step(SYNC, new Action.ReverseOn("orders"));
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.TARGET);
        plan.step(SMOKE, smoke());
        plan.flipUsers();
        plan.step(RELEASE, new Action.Release(Duration.ofSeconds(10)));
        plan.bake(BAKE, 15);
        return committed(plan).step(REVIEW, new Action.ReverseOff("orders")).build();
    }

    /** No data moves; the name's TTL is lowered ahead. */
    public static CutoverPlan stateless() {
        PlanBuilder plan = new PlanBuilder("stateless", Shape.STATELESS);
        plan.entrance("web").dnsEntrance("name");
        plan.step(PREPARE, new Action.PrepareDns("name", Duration.ofSeconds(60)));
        plan.step(PREPARE, baseline());
        plan.step(PREFLIGHT, page());
        plan.step(VALIDATE, new Action.Replay(Settings.of("sim"), Duration.ofSeconds(10)));
        plan.gate(GO, 2, false, "lead", "dba");
        plan.step(CONFIGURE, new Action.Capacity(Side.SOURCE, Settings.of("sim"), 6));
        plan.setting(CONFIGURE, Side.TARGET, "mode", "live");
        plan.step(SMOKE, smoke());
        plan.step(SMOKE, new Action.Script("warm-caches", true, Optional.of("caches"), Optional.of("cool-caches")));
        plan.shift(20, 50, 100).bake(BAKE, 10);
        return committed(plan).build();
    }

    /** Removes the source of an earlier run; its point of no return is GO. */
    public static CutoverPlan decommission() {
        PlanBuilder plan = new PlanBuilder("decommission", Shape.DECOMMISSION);
        plan.step(PREFLIGHT, page());
        plan.gate(GO, 2, false, "lead", "dba");
        plan.step(io.bascule.core.plan.PhaseKind.DECOMMISSION, new Action.Decommission(Settings.of("sim")));
        return plan.step(REVIEW, smoke()).build();
    }

    /** No reverse capture: COMMIT is asked before the freeze, and binds at RELEASE. */
    public static CutoverPlan commitFirst() {
        PlanBuilder plan = new PlanBuilder("commit-first", Shape.DATA_FIRST);
        plan.entrance("web").moved("orders", false).writer("web").singleton("invoices");
        prepared(plan);
        plan.gate(COMMIT, 1, true, "lead");
        frozen(plan, "orders");
        plan.configure(CONFIGURE, Side.SOURCE, "orders", Side.TARGET);
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.TARGET);
        released(plan);
        plan.shift(10, 100).bake(BAKE, 10);
        return plan.step(REVIEW, objectives()).build();
    }

    /** Two databases, an entrance of each kind, a TTL to lower. */
    public static CutoverPlan severalOfEverything() {
        PlanBuilder plan = new PlanBuilder("several", Shape.DATA_FIRST);
        plan.entrance("web").dnsEntrance("api").moved("orders", true).moved("stock", true);
        plan.writer("web").singleton("invoices");
        plan.step(PREPARE, new Action.PrepareDns("api", Duration.ofSeconds(5)));
        prepared(plan);
        frozen(plan, "orders", "stock");
        plan.step(SYNC, new Action.ReverseOn("orders")).step(SYNC, new Action.ReverseOn("stock"));
        plan.configureAll(CONFIGURE, Side.SOURCE, Side.TARGET);
        plan.configureAll(CONFIGURE, Side.TARGET, Side.TARGET);
        released(plan);
        plan.shift(10, 50, 100).bake(BAKE, 10);
        committed(plan).step(REVIEW, new Action.ReverseOff("orders"));
        return plan.step(REVIEW, new Action.ReverseOff("stock")).build();
    }

    /** A load balancer's users move first, then those who come by a name. */
    public static CutoverPlan inTurn() {
        PlanBuilder plan = new PlanBuilder("in-turn", Shape.DATA_FIRST);
        plan.entrance("web").dnsEntrance("api").moved("orders", true).writer("web");
        plan.step(PREPARE, new Action.PrepareDns("api", Duration.ofSeconds(5)));
        prepared(plan);
        frozen(plan, "orders");
        plan.step(SYNC, new Action.ReverseOn("orders"));
        plan.configure(CONFIGURE, Side.SOURCE, "orders", Side.TARGET);
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.TARGET);
        released(plan);
        plan.shift(List.of("web"), 10, 100).shift(List.of("api"), 50, 100).bake(BAKE, 10);
        return committed(plan).step(REVIEW, new Action.ReverseOff("orders")).build();
    }

    /**
     * A platform is asked by its own means, carries files by them, and stops a replication where all has arrived; at the very
     * end it switches something over for good.
     */
    public static CutoverPlan byMeans() {
        PlanBuilder plan = new PlanBuilder("by-means", Shape.DATA_FIRST);
        plan.entrance("web").moved("orders", true).writer("web");
        plan.step(PREPARE, new Action.Probe(Settings.of("sim"), true));
        prepared(plan);
        frozen(plan, "orders");
        plan.step(SYNC, new Action.Probe(Settings.of("sim"), true));
        plan.step(SYNC, new Action.SwitchOver(Settings.of("sim"), true)).step(SYNC, new Action.ReverseOn("orders"));
        plan.configure(CONFIGURE, Side.SOURCE, "orders", Side.TARGET);
        plan.configure(CONFIGURE, Side.TARGET, "orders", Side.TARGET);
        released(plan);
        plan.shift(50, 100).bake(BAKE, 10).step(BAKE, new Action.Probe(Settings.of("sim"), false));
        return committed(plan)
                .step(REVIEW, new Action.ReverseOff("orders"))
                .step(REVIEW, new Action.SwitchOver(Settings.of("sim"), false))
                .build();
    }

    private static void prepared(PlanBuilder plan) {
        plan.step(PREPARE, baseline());
        plan.step(PREPARE, new Action.Backup("orders", "target/scratch.db"));
        plan.step(PREFLIGHT, page());
        plan.step(VALIDATE, new Action.Load(Set.of(Side.SOURCE, Side.TARGET), 200, Duration.ofSeconds(10), List.of()));
        plan.gate(GO, 2, false, "lead", "dba");
    }

    private static void frozen(PlanBuilder plan, String... datasets) {
        plan.step(FREEZE, new Action.Freeze(Duration.ofSeconds(20), Duration.ofSeconds(5)));
        for (String dataset : datasets) {
            plan.step(SYNC, new Action.Sync(dataset)).step(SYNC, new Action.CompareData(dataset));
        }
    }

    private static void released(PlanBuilder plan) {
        plan.step(SMOKE, smoke());
        plan.step(RELEASE, new Action.Release(Duration.ofSeconds(10)));
    }

    private static PlanBuilder committed(PlanBuilder plan) {
        plan.gate(COMMIT, 1, true, "lead");
        return plan.step(REVIEW, objectives());
    }

    private static Action baseline() {
        return new Action.Judge(Optional.of(Duration.ofSeconds(10)), List.of(), false);
    }

    private static Action objectives() {
        return new Action.Judge(Optional.empty(), List.of(PlanBuilder.ERRORS), true);
    }

    private static Action page() {
        return new Action.Check(Set.of(Side.SOURCE, Side.TARGET), "/health", 200);
    }

    private static Action smoke() {
        return new Action.Script("checks/smoke.sh", false, Optional.empty(), Optional.empty());
    }
}
