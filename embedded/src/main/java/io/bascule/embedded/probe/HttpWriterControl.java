package io.bascule.embedded.probe;

import io.bascule.core.plan.Side;
import io.bascule.core.port.Actuator;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Finding;
import io.bascule.core.port.Verdict;
import io.bascule.core.port.WriterControl;
import io.bascule.embedded.http.HttpCaller;
import io.bascule.embedded.http.HttpCaller.Answered;
import io.bascule.embedded.http.HttpCaller.Call;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/**
 * A writer that is reached over HTTP on each side: a web application by its base address, a singleton by its own
 * ({@code GET}, {@code POST /pause}, {@code POST /resume} under it). The proof is a write that the writer tries with its
 * own credentials: it counts only when the answer says that the database's fence refused it ({@code 503} with
 * {@code X-Bascule-Fenced: true}). Safe for threads.
 */
public final class HttpWriterControl implements WriterControl {
    private final URI source;
    private final URI target;
    private final String method;
    private final String path;
    private final InstantSource clock;

    /**
     * @param prove as the plan has it: {@code POST /fence-probe}, under each side's address
     * @param clock the run's clock
     */
    public HttpWriterControl(URI source, URI target, String prove, InstantSource clock) {
        String[] words = prove.strip().split(" +", 2);
        if (words.length != 2 || !words[1].startsWith("/")) {
            throw new IllegalArgumentException("a proof is METHOD /path: " + prove);
        }
        this.source = source;
        this.target = target;
        this.method = words[0];
        this.path = words[1];
        this.clock = clock;
    }

    @Override
    public Actuator singleton() {
        return new SingletonActuator(source, target, clock);
    }

    @Override
    public Finding proveRefused(Side side, Deadline deadline) {
        URI uri = URI.create((side == Side.SOURCE ? source : target) + path);
        Call call = HttpCaller.call(method, uri, Map.of(), "", deadline.left(clock.instant()));
        if (!(call instanceof Answered answered)) {
            return Finding.of(new Verdict.Errored(call.why()), "side", side.word());
        }
        return Finding.of(verdict(answered), "side", side.word(), "status", answered.status());
    }

    private static Verdict verdict(Answered answered) {
        boolean fenced = answered.header("x-bascule-fenced").orElse("").equals("true");
        if (answered.status() == 503 && fenced) {
            return new Verdict.Pass("the database's fence refused a write of its own");
        }
        if (answered.status() / 100 == 2 || answered.status() == 409) {
            return new Verdict.Fail("its database would have taken a write: " + answered.why());
        }
        return new Verdict.Errored("no answer to the question: " + answered.why());
    }
}
