package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Inventory;
import io.bascule.aws.name.Dns;
import io.bascule.core.plan.Entrance;
import io.bascule.core.port.Deadline;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.route53.model.GetDnssecResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;

/**
 * Whether the world asks this very zone: its parent sends everyone to the zone's own name servers and to no other's, and
 * what the parent says of its keys is true. Otherwise a change here moves nobody, or all whose resolver checks signatures
 * lose the name, which no roll-back here brings back.
 */
final class Delegation {
    private static final String DELEGATION = "delegation";
    private static final String DNSSEC = "dnssec";

    /** Of the parent's name servers so many are asked, one after the other, until one answers. */
    private static final int PARENTS_MOST = 3;

    private final Entrance entrance;
    private final Inventory inventory;
    private final Dns dns;
    private final Deadline deadline;
    private final Looked looked;

    Delegation(Entrance entrance, Inventory inventory, Dns dns, Deadline deadline) {
        this.entrance = entrance;
        this.inventory = inventory;
        this.dns = dns;
        this.deadline = deadline;
        this.looked = new Looked("delegation " + entrance.name(), entrance.router());
    }

    Looked looked() {
        String servers = entrance.router().get("name-servers").orElse("zone");
        if (!servers.equals("zone")) {
            looked.saw("nothing: the plan has '" + servers + "' asked in place of the zone's own name servers");
            return looked;
        }
        switch (inventory.zone(entrance.router().need("zone"), deadline)) {
            case Call.Answered<GetHostedZoneResponse>(var zone) -> {
                if (Boolean.TRUE.equals(zone.hostedZone().config().privateZone())) {
                    looked.saw("a private zone, to which nobody delegates");
                } else {
                    delegated(zone);
                }
            }
            case Call<GetHostedZoneResponse> other -> looked.unknown("the zone", other.why());
        }
        return looked;
    }

    private void delegated(GetHostedZoneResponse zone) {
        String apex = zone.hostedZone().name();
        try {
            Optional<String> parent = parentOf(apex);
            if (parent.isEmpty()) {
                looked.unknown("who delegates to " + apex, "no parent of it has name servers");
                return;
            }
            servers(apex, parent.get(), zone.delegationSet().nameServers());
            keys(apex, parent.get());
        } catch (IOException e) {
            looked.unknown("who delegates to " + apex, "" + e.getMessage());
        }
    }

    /** A name server of the nearest zone above that answers. */
    private Optional<String> parentOf(String apex) throws IOException {
        String above = apex;
        while (above.indexOf('.') < above.length() - 1) {
            above = above.substring(above.indexOf('.') + 1);
            Set<String> servers = dns.resolver(above, "NS").values();
            if (!servers.isEmpty()) {
                return Optional.of(answering(servers, apex));
            }
        }
        return Optional.empty();
    }

    private String answering(Set<String> servers, String apex) throws IOException {
        IOException last = new IOException("none of its parent's name servers answers");
        for (String server : servers.stream().limit(PARENTS_MOST).toList()) {
            try {
                dns.server(server, apex, "NS");
                return server;
            } catch (IOException e) {
                last = new IOException(server + " does not answer: " + e.getMessage(), e);
            }
        }
        throw last;
    }

    private void servers(String apex, String parent, List<String> own) throws IOException {
        Set<String> ours = new TreeSet<>();
        own.forEach(each -> ours.add(dotted(each)));
        Set<String> told = dns.server(parent, apex, "NS").values();
        Set<String> strangers = new TreeSet<>(told);
        strangers.removeAll(ours);
        if (told.isEmpty()) {
            looked.found(DELEGATION, parent + " does not delegate " + apex + ": nobody is sent to this zone");
        } else if (strangers.size() == told.size()) {
            looked.found(
                    DELEGATION,
                    parent + " delegates " + apex + " to " + String.join(" ", told) + ", and to none of this zone's "
                            + String.join(" ", ours));
        } else if (!strangers.isEmpty()) {
            looked.found(
                    DELEGATION,
                    parent + " sends some to " + String.join(" ", strangers) + ", which have another zone " + apex);
        } else {
            looked.saw(told.size() + " of its " + ours.size() + " name servers named by " + parent);
        }
    }

    private void keys(String apex, String parent) throws IOException {
        Set<String> promised = dns.server(parent, apex, "DS").values();
        switch (inventory.signing(entrance.router().need("zone"), deadline)) {
            case Call.Answered<GetDnssecResponse>(var signing) -> {
                String status = signing.status().serveSignature();
                if (status.equals("SIGNING")) {
                    signed(apex, parent, promised, signing);
                } else if (!status.equals("NOT_SIGNING")) {
                    looked.found(
                            DNSSEC,
                            "signing of the zone is " + status + ": "
                                    + signing.status().statusMessage());
                } else if (!promised.isEmpty()) {
                    looked.found(
                            DNSSEC,
                            parent
                                    + " promises signatures (DS), and the zone is not signed: whoever checks them refuses "
                                    + apex);
                } else {
                    looked.saw("no signatures, and none promised");
                }
            }
            case Call<GetDnssecResponse> other -> looked.unknown("whether the zone is signed", other.why());
        }
    }

    private void signed(String apex, String parent, Set<String> promised, GetDnssecResponse signing)
            throws IOException {
        if (promised.isEmpty()) {
            looked.saw("signatures that " + parent + " does not promise, so that nobody checks them");
            return;
        }
        boolean known = signing.keySigningKeys().stream()
                .filter(key -> "ACTIVE".equals(key.status()))
                .anyMatch(key -> promised.contains(squeezed(key.dsRecord())));
        if (!known) {
            looked.found(DNSSEC, "of the keys that " + parent + " promises (DS) none is an active key of the zone");
            return;
        }
        Dns.Answer answer = dns.resolver(apex, "SOA");
        if (answer.rcode().equals("SERVFAIL")) {
            looked.found(DNSSEC, "this machine's resolver refuses " + apex + " (SERVFAIL)");
        } else if (answer.validated()) {
            looked.saw("signatures that this machine's resolver vouches for");
        } else {
            looked.unknown("whether the signatures hold", "this machine's resolver does not check them");
        }
    }

    private static String dotted(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small : small + ".";
    }

    /** As DNS writes it: fields by one blank, in small letters. */
    private static String squeezed(String ds) {
        return String.join(" ", ds.trim().toLowerCase(Locale.ROOT).split("\\s+"));
    }
}
