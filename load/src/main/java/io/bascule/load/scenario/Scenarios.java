package io.bascule.load.scenario;

import io.bascule.load.LoadRequest;
import io.bascule.load.RequestSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Says what each arrival does: a scenario by weight, with a row of each table. The same for the same seed and arrival,
 * whichever generator and target asks, so that source and target see the same visits.
 */
public final class Scenarios implements RequestSource {

    /** Values that every visit has. */
    public static final Set<String> BUILT_IN = Set.of("arrival", "uuid");

    private final List<Scenario> scenarios;
    private final List<DataTable> tables;
    private final long seed;
    private final int[] upTo;
    private final List<LoadRequest> constants;

    /** @param scenarios at least one */
    public Scenarios(List<Scenario> scenarios, List<DataTable> tables, long seed) {
        this.scenarios = List.copyOf(scenarios);
        this.tables = List.copyOf(tables);
        this.seed = seed;
        upTo = new int[scenarios.size()];
        int sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum = Math.addExact(sum, scenarios.get(i).weight());
            upTo[i] = sum;
        }
        constants = scenarios.stream().allMatch(Scenarios::isConstant)
                ? scenarios.stream()
                        .map(scenario -> Visit.constant(scenario.steps().getFirst()))
                        .toList()
                : List.of();
    }

    /** Whether all visits are the same one request, which is then made once. */
    private static boolean isConstant(Scenario scenario) {
        return scenario.steps().size() == 1 && scenario.steps().getFirst().isConstant();
    }

    @Override
    public LoadRequest request(long arrival) {
        if (constants.size() == 1) {
            return constants.getFirst();
        }
        var random = new SplittableRandom(seed ^ (arrival * 0x9E3779B97F4A7C15L));
        int chosen = chosen(random);
        if (!constants.isEmpty()) {
            return constants.get(chosen);
        }
        Map<String, String> values = new HashMap<>();
        for (DataTable table : tables) {
            values.putAll(table.row(arrival, random.nextLong() >>> 1));
        }
        values.put("arrival", Long.toString(arrival));
        return new Visit(scenarios.get(chosen), random, values).first();
    }

    private int chosen(SplittableRandom random) {
        if (upTo.length == 1) {
            return 0;
        }
        int ticket = random.nextInt(upTo[upTo.length - 1]);
        int chosen = 0;
        while (upTo[chosen] <= ticket) {
            chosen++;
        }
        return chosen;
    }
}
