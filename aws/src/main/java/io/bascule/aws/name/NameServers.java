package io.bascule.aws.name;

import io.bascule.aws.api.Call;
import io.bascule.core.port.Deadline;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Asks a zone's name servers themselves, past every cache, whether they answer with the records as they are now. Servers
 * are the zone's own, named ones ({@code 127.0.0.1:5353}), or none: then only Route 53's word counts.
 */
final class NameServers {
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private final Zone zone;
    private final String which;
    private final Duration between;
    private volatile List<String> known = List.of();

    /**
     * @param which the word zone, the word none, or addresses separated by blanks
     * @param between how often a change that has not arrived everywhere is asked about
     */
    NameServers(Zone zone, String which, Duration between) {
        this.zone = zone;
        this.which = which;
        this.between = between;
        if (!which.equals("zone") && !which.equals("none")) {
            known = List.of(which.trim().split("[ ,]+"));
        }
    }

    Duration between() {
        return between;
    }

    /** The addresses to ask; the zone's own are asked for once. */
    Call<List<String>> addresses(Deadline deadline) {
        if (!known.isEmpty() || which.equals("none")) {
            return new Call.Answered<>(known);
        }
        Call<List<String>> call = zone.nameServers(deadline);
        if (call instanceof Call.Answered<List<String>>(var servers)) {
            known = List.copyOf(servers);
        }
        return call;
    }

    /** The first server that does not answer as the records say, or nothing: all do. */
    Optional<String> behind(NameRecords records, Deadline deadline) {
        Call<List<String>> call = addresses(deadline);
        if (!(call instanceof Call.Answered<List<String>>(var servers))) {
            return Optional.of("the zone's name servers: " + call.why());
        }
        for (String server : servers) {
            for (RRType type : records.sides().types()) {
                Optional<String> wrong = wrong(server, type, records);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrong(String server, RRType type, NameRecords records) {
        List<ResourceRecordSet> sets = records.of(type);
        if (sets.stream().anyMatch(ZoneRules::isAlias)) {
            return Optional.empty(); // what an alias leads to is answered in its place, and changes by itself
        }
        try {
            List<Record> answers = ask(server, records.sides().record(), type.toString());
            Set<String> values = new TreeSet<>();
            answers.forEach(answer -> values.add(answer.rdataToString()));
            Set<String> allowed = new TreeSet<>();
            sets.stream()
                    .filter(set -> set.weight() == null || set.weight() > 0)
                    .forEach(set -> set.resourceRecords().stream()
                            .map(ResourceRecord::value)
                            .forEach(allowed::add));
            boolean right = !values.isEmpty() && allowed.containsAll(values);
            return right ? Optional.empty() : Optional.of(server + " still answers " + type + " " + values);
        } catch (IOException e) {
            return Optional.of(server + " does not answer: " + e.getMessage());
        }
    }

    /** The answer section of one server. */
    static List<Record> ask(String server, String name, String type) throws IOException {
        Record question = Record.newRecord(name(name), Type.value(type), DClass.IN);
        Message answer = resolver(server, ANSWER).send(Message.newQuery(question));
        if (answer.getRcode() != Rcode.NOERROR) {
            throw new IOException(Rcode.string(answer.getRcode()));
        }
        return new ArrayList<>(answer.getSection(Section.ANSWER));
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text.replace("\\052", "any"));
    }

    /** @param server {@code HOST}, {@code HOST:PORT} or an address of IPv6 */
    static SimpleResolver resolver(String server, Duration patience) throws UnknownHostException {
        int colon = server.lastIndexOf(':');
        boolean port = colon > 0 && server.indexOf(':') == colon;
        SimpleResolver resolver = new SimpleResolver(port ? server.substring(0, colon) : server);
        if (port) {
            resolver.setPort(Integer.parseInt(server.substring(colon + 1)));
        }
        resolver.setTimeout(patience);
        return resolver;
    }
}
