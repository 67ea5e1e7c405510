package io.bascule.aws.name;

import io.bascule.aws.StandInConformance;
import io.bascule.aws.api.Clients;
import io.bascule.aws.api.Peers;
import io.bascule.core.plan.Entrance;
import io.bascule.core.plan.Side;
import io.bascule.core.port.TrafficRouter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;

/** The router of a name: records and figures at ministack; name server, users and their sides by a stand-in. */
@Tag("server")
class NameRouterServerTest extends StandInConformance {
    private final TestZone zone = new TestZone();
    private DatagramSocket nameServer;
    private NameRouter router;

    private static String address(Side side) {
        return side == Side.SOURCE ? "127.0.0.2" : "127.0.0.3";
    }

    @BeforeEach
    void prepare() throws Exception {
        zone.change(ChangeAction.DELETE, zone.simple(RRType.A, 86_400, "10.0.0.1"));
        zone.change(ChangeAction.DELETE, zone.simple(RRType.AAAA, 86_400, "2001:db8::1"));
        zone.create(zone.weighted(RRType.A, 60, address(Side.SOURCE), "source", 200));
        zone.create(zone.weighted(RRType.A, 60, address(Side.TARGET), "target", 0));
        nameServer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::answer);
        int port = standIn.serve(address(Side.SOURCE), 0, () -> Side.SOURCE);
        var _ = standIn.serve(address(Side.TARGET), port, () -> Side.TARGET);
        Entrance entrance = entrance(
                "route-53",
                Map.of(
                        "zone",
                        zone.id,
                        "record",
                        zone.record,
                        "target.a",
                        address(Side.TARGET),
                        "name-servers",
                        "127.0.0.1:" + nameServer.getLocalPort(),
                        "numbers.source",
                        "Side=source",
                        "numbers.target",
                        "Side=target"),
                "http://" + zone.record.replaceFirst("[.]$", "") + ":" + port);
        router = NameRouter.of(entrance, new Clients(""), Peers.calls());
    }

    @AfterEach
    void stop() {
        nameServer.close();
    }

    @Override
    protected Map<String, String> dimensions(Side side) {
        return Map.of("Side", side.word());
    }

    @Override
    protected Map<Side, Integer> weights() {
        TreeMap<Side, Integer> weights = new TreeMap<>();
        zone.all().stream()
                .filter(set -> set.name().equals(zone.record) && set.type() == RRType.A)
                .forEach(set -> weights.put(
                        set.resourceRecords().getFirst().value().equals(address(Side.SOURCE))
                                ? Side.SOURCE
                                : Side.TARGET,
                        Math.toIntExact(set.weight())));
        return weights;
    }

    /** Answers each question for an address with one side's, as the zone's weights say. */
    private void answer() {
        byte[] buffer = new byte[1500];
        while (!nameServer.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                nameServer.receive(packet);
                Message question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                Record asked = question.getQuestion();
                Message answer = new Message(question.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.getHeader().setFlag(Flags.AA);
                answer.addRecord(asked, Section.QUESTION);
                InetAddress who = InetAddress.ofLiteral(address(standIn.next()));
                answer.addRecord(new ARecord(asked.getName(), DClass.IN, 60, who), Section.ANSWER);
                byte[] wire = answer.toWire();
                nameServer.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                return; // closed: the test is over
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    protected TrafficRouter router() {
        return router;
    }
}
