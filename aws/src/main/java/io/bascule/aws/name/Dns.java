package io.bascule.aws.name;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Names as the world sees them. */
public interface Dns {
    /** What the resolver of this machine answers, which asks on and may check signatures. */
    Answer resolver(String name, String type) throws IOException;

    /** What one name server, {@code HOST} or {@code HOST:PORT}, answers from what it has itself, without asking on. */
    Answer server(String server, String name, String type) throws IOException;

    /**
     * One answer.
     *
     * @param rcode as DNS writes it: NOERROR, NXDOMAIN, SERVFAIL
     * @param validated whether a resolver vouches for the signatures
     * @param values what the records of the type say, in small letters, of the name itself; also where a server refers on
     */
    record Answer(String rcode, boolean validated, SortedSet<String> values) {
        public Answer {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }
    }

    /** By UDP, and TCP where an answer is long. */
    static Dns of(Duration patience) {
        return new Dns() {
            @Override
            public Answer resolver(String name, String type) throws IOException {
                SimpleResolver resolver = new SimpleResolver();
                resolver.setTimeout(patience);
                return ask(resolver, name, type, true);
            }

            @Override
            public Answer server(String server, String name, String type) throws IOException {
                return ask(NameServers.resolver(server, patience), name, type, false);
            }

            private Answer ask(SimpleResolver resolver, String name, String type, boolean askingOn) throws IOException {
                resolver.setEDNS(0, 0, ExtendedFlags.DO);
                Name asked = Name.fromString(name, Name.root);
                Message question = Message.newQuery(Record.newRecord(asked, Type.value(type), DClass.IN));
                if (!askingOn) {
                    question.getHeader().unsetFlag(Flags.RD);
                }
                Message answer = resolver.send(question);
                List<Record> records = new ArrayList<>(answer.getSection(Section.ANSWER));
                records.addAll(answer.getSection(Section.AUTHORITY));
                SortedSet<String> values = new TreeSet<>();
                records.stream()
                        .filter(each -> each.getType() == Type.value(type)
                                && each.getName().equals(asked))
                        .forEach(each -> values.add(each.rdataToString().toLowerCase(Locale.ROOT)));
                return new Answer(
                        Rcode.string(answer.getRcode()), answer.getHeader().getFlag(Flags.AD), values);
            }
        };
    }
}
