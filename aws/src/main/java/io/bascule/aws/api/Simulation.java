package io.bascule.aws.api;

import io.bascule.aws.api.Iam.Evaluation;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Deadline;
import java.util.List;

/**
 * Whether the policies of whoever runs this allow a change, by IAM's own simulator. It knows the policies of users and
 * roles, boundaries and the organisation's; not those of a session, nor those on the resources themselves. What it cannot
 * tell stays untold, with the reason. Safe for threads.
 */
public final class Simulation {
    private static final int PARTS = 6;
    private final Clients clients;
    private final Calls calls;
    private final String region;

    public Simulation(Clients clients, Calls calls, String region) {
        this.clients = clients;
        this.calls = calls;
        this.region = region;
    }

    /**
     * @param actions as policies name them: {@code route53:ChangeResourceRecordSets}
     * @param byResource whether a policy on the resource may allow what the caller's policies do not
     */
    public Authority ask(List<String> actions, String resource, boolean byResource, Deadline deadline) {
        Call<String> principal = clients.principal(() -> principal(deadline));
        if (!(principal instanceof Call.Answered<String>(String arn))) {
            return untold(principal.why());
        }
        Call<List<Evaluation>> call =
                calls.send(deadline, within -> clients.identities(region).simulate(arn, actions, resource, within));
        return call instanceof Call.Answered<List<Evaluation>>(var results)
                ? judge(actions, results, byResource)
                : untold(call.why());
    }

    static Authority judge(List<String> actions, List<Evaluation> results, boolean byResource) {
        for (Evaluation each : results) {
            boolean explicit = each.decision().equals("explicitDeny");
            if (!allows(each) && (explicit || (!byResource && each.missing().isEmpty()))) {
                return new Authority.Denied(
                        each.action() + ": " + each.decision() + ", by the simulation of the caller's policies");
            }
        }
        for (String action : actions) {
            List<Evaluation> told = results.stream()
                    .filter(each -> action.equals(each.action()))
                    .toList();
            if (told.isEmpty() || !told.stream().allMatch(Simulation::allows)) {
                return untold(told.isEmpty() ? action + " is not told" : action + " depends on " + depends(told));
            }
        }
        return new Authority.Granted();
    }

    private static boolean allows(Evaluation result) {
        return result.decision().equals("allowed") && result.missing().isEmpty();
    }

    private static String depends(List<Evaluation> told) {
        List<String> missing = told.stream()
                .flatMap(each -> each.missing().stream())
                .distinct()
                .toList();
        return missing.isEmpty() ? "a policy on the resource" : String.join(", ", missing);
    }

    private static Authority untold(String why) {
        return new Authority.Untold("reading is granted; changing could not be simulated: " + why);
    }

    /** A session's role by its whole name, which has a path that the session does not tell. */
    private Call<String> principal(Deadline deadline) {
        Call<String> caller = calls.send(
                        deadline,
                        within -> clients.tokens(region).getCallerIdentity(get -> get.overrideConfiguration(within)))
                .map(answer -> answer.arn());
        if (!(caller instanceof Call.Answered<String>(String arn))) {
            return caller;
        }
        if (arn.contains(":assumed-role/")) {
            String role = arn.split("/", -1)[1];
            return calls.send(deadline, within -> clients.identities(region).roleArn(role, within));
        }
        boolean user = arn.split(":", PARTS).length == PARTS && arn.split(":", PARTS)[PARTS - 1].startsWith("user/");
        return user ? caller : new Call.Rejected<>("", arn + " is neither a user nor a role", false);
    }
}
