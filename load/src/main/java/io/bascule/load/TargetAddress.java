package io.bascule.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Where the target is. A name is looked up for every new connection, so that a run follows a change of DNS as far as the
 * JDK's own cache allows (30 s by default), and never on an event loop, because the JDK's look-up blocks.
 */
final class TargetAddress {

    private final String host;
    private final int port;
    private final @Nullable InetAddress literal;

    TargetAddress(LoadProfile profile) {
        Wire.HostPort elsewhere = profile.wire().connectTo();
        host = elsewhere == null ? profile.target().getHost() : elsewhere.host();
        port = elsewhere == null ? profile.port() : elsewhere.port();
        literal = literal(host);
    }

    /** The address, or an {@link UnknownHostException}; told on the event loop. */
    Future<InetSocketAddress> find(EventLoop loop) {
        if (literal != null) {
            return loop.newSucceededFuture(new InetSocketAddress(literal, port));
        }
        Promise<InetSocketAddress> promise = loop.newPromise();
        var _ = Thread.ofVirtual().name("bascule-load-dns").start(() -> lookUp(promise));
        return promise;
    }

    private void lookUp(Promise<InetSocketAddress> promise) {
        try {
            promise.trySuccess(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException | RuntimeException e) {
            promise.tryFailure(e);
        }
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
