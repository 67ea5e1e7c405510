package io.bascule.app.demo;

import io.bascule.core.plan.CutoverPlan;
import io.bascule.core.plan.Person;
import io.bascule.core.run.Act;
import io.bascule.core.run.Entry;
import io.bascule.core.run.Order;
import io.bascule.core.run.Program;
import io.bascule.core.run.RunEvent;
import io.bascule.core.run.RunId;
import io.bascule.engine.JdbcStore;
import java.util.List;

/** Answers gates in the names of people of the plan. The journal names it as the principal of every answer. */
public final class StandIn {
    private final JdbcStore store;
    private final RunId run;
    private final CutoverPlan plan;
    private final Program program;
    private final List<String> people;
    private final String principal;

    /** @param people whose names it uses; empty: it answers nothing */
    public StandIn(JdbcStore store, RunId run, CutoverPlan plan, List<String> people, String principal) {
        this.store = store;
        this.run = run;
        this.plan = plan;
        this.program = Program.of(plan);
        this.people = List.copyOf(people);
        this.principal = principal;
    }

    /** Everyone in the plan. */
    public static List<String> everyone(CutoverPlan plan) {
        return plan.people().stream().map(Person::id).toList();
    }

    /** Hears an entry; answers when it is a gate's question. Asked again after a restart, it answers once more: once. */
    public void heard(Entry entry) {
        if (!(entry.event() instanceof RunEvent.GateAsked asked)
                || !(program.act(asked.gate() + "/approval").orElse(null) instanceof Act.Await await)) {
            return;
        }
        int given = 0;
        for (String id : people) {
            boolean may = plan.person(id)
                    .map(person -> person.roles().stream().anyMatch(await.gate().ask()::contains))
                    .orElse(false);
            if (may && given < await.gate().need()) {
                given++;
                String token = run + "/" + entry.seq() + "/" + id;
                String reason = "answered by a stand-in for " + id;
                store.order(run, new Order.Approve(asked.gate()), id, principal, reason, token);
            }
        }
    }
}
