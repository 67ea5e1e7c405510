package io.bascule.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeds that once broke a promise. They stay. */
class RegressionSeedsTest {
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "shop, 386, the target was released again before the source's application used it",
        "several, 189, a job fell back to the target and wrote into its scratch database",
        "flip, 528, weights that had fallen back were set once more without asking whether the target is ready",
        "flip, 32438, the target was released again before users were back on it",
        "web-first, 5211, loss accepted with a dead target",
        "shop, 42429, a late weight landed after users were home and nobody looked",
        "shop, 302, someone moved users while the run waited for the target to be quiet",
        "commit-first, 50929, a measurement was asked in a tight loop",
        "several, 70629, a lease ended while a newer configuration lay unread",
        "web-first, 303885, the source was opened just after a late configuration had been undone",
        "stateless, 302445, an entrance that the run never touched kept it from ending",
        "several, 1056698, a late request found the very state that it expected and cleared the copy",
        "shop, 1059786, a job was started before the application had read its configuration",
        "several, 1078139, two datasets of which one had been closed when the freeze ran out",
        "stateless, 1044081, an entrance that had users at the target before the run",
        "flip, 5080119, a late lease of weights looked like the weights that had been restored",
        "web-first, 5081000, loss was accepted and a target that still took writes was passed over",
        "flip, 2025221, a late request over someone else's change",
        "web-first, 1000014, a live target that could not be closed was passed over after loss had been accepted",
        "flip, 1022625, weights were set once more on an answer from before the clock stood still",
        "flip, 7110567, weights were set after a hold on an answer from before it",
        "stateless, 5059750, our change landed over an edit made while it was under way",
        "several, 9106628, a closed fence was leased and taken for closed again when the lease had ended",
        "web-first, 9107001, a lease of the freeze before was taken for one of this freeze that had run out",
        "flip, 9111965, a lease of the freeze there was taken for fallen back with the one of the freeze home",
        "flip, 9415058, a fence ran out between two readings of one look",
        "stateless, 9716360, a name that someone else had changed before GO",
        "several, 9718960, a fence was closed late, when its freeze had been given up",
        "stateless, 9722884, users were moved again by someone else after a forced way home had restored them",
        "web-first, 10070691, a late configuration landed after the way home had been given up",
        "several, 10073216, a lease that was only asked for, and refused, was taken for ended",
        "shop, 10132843, a lease that was refused at first was taken for one that had run out",
        "web-first, 10226245, a freeze ran out while capture was on and not read back, and the way home blamed someone else",
        "several, 21154302, the simulator looked at the middle of an instant in which leases ran out under a slow answer"
    })
    void a_seed_that_once_broke_a_promise_keeps_it(String plan, long seed, String what) {
        Result result = Simulation.of(
                        SimPlans.all().stream()
                                .filter(each -> each.name().equals(plan))
                                .findFirst()
                                .orElseThrow(),
                        seed)
                .faults(Faults.drawn())
                .run();

        assertThat(result.violation()).as(what + "\n" + result.story(20)).isEmpty();
    }
}
