package io.bascule.aws.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Names asked by wire: what is asked, and what is read from an answer and from a referral. */
class DnsTest {
    private final BlockingQueue<Message> asked = new ArrayBlockingQueue<>(8);
    private final Dns dns = Dns.of(Duration.ofSeconds(5));
    private DatagramSocket socket;
    private boolean referral;
    private int rcode = Rcode.NOERROR;

    @BeforeEach
    void listen() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                socket.receive(packet);
                Message question = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                asked.add(question);
                byte[] answer = answer(question).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (SocketException _) {
            // the test is over
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Message answer(Message question) throws IOException {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AD);
        answer.getHeader().setRcode(rcode);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        int section = referral ? Section.AUTHORITY : Section.ANSWER;
        answer.addRecord(ns("example.test.", "NS-1.Example.TEST."), section);
        answer.addRecord(ns("stranger.test.", "ns-9.example.test."), section);
        return answer;
    }

    private static Record ns(String name, String server) throws IOException {
        return Record.fromString(Name.fromString(name), Type.NS, DClass.IN, 60, server, Name.root);
    }

    private String server() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Test
    void an_answer_and_a_referral_name_the_same_servers_and_no_strangers() throws Exception {
        assertThat(dns.server(server(), "example.test.", "NS").values()).containsExactly("ns-1.example.test.");
        referral = true;
        assertThat(dns.server(server(), "example.test", "NS").values()).containsExactly("ns-1.example.test.");
        assertThat(dns.server(server(), "example.test", "NS").validated()).isTrue();
    }

    @Test
    void a_name_server_is_asked_for_what_it_has_itself_and_for_signatures() throws Exception {
        var _ = dns.server(server(), "example.test.", "DS");
        Message question = asked.take();
        assertThat(question.getHeader().getFlag(Flags.RD)).isFalse();
        assertThat(question.isSigned()).isFalse();
        assertThat(question.getOPT().getFlags() & ExtendedFlags.DO).isNotZero();
        assertThat(question.getQuestion().getType()).isEqualTo(Type.DS);
    }

    @Test
    void a_refusal_is_told_as_it_is() throws Exception {
        rcode = Rcode.SERVFAIL;
        assertThat(dns.server(server(), "example.test.", "SOA").rcode()).isEqualTo("SERVFAIL");
    }

    @Test
    void a_server_that_is_silent_is_no_answer() {
        String nobody = server();
        socket.close();
        assertThatThrownBy(() -> Dns.of(Duration.ofMillis(200)).server(nobody, "example.test.", "NS"))
                .isInstanceOf(IOException.class);
    }
}
