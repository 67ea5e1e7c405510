package io.bascule.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What every connection of a run is made of: TLS where the target wants it, the codec, the {@link Connection}. */
final class Pipeline {

    private final LoadProfile profile;
    private final @Nullable SslContext tls;

    /** Throws {@link IllegalArgumentException} where the trusted certificates cannot be read. */
    Pipeline(LoadProfile profile) {
        this.profile = profile;
        tls = profile.secure() ? context(profile.wire()) : null;
    }

    boolean http2() {
        return profile.wire().protocol() == Wire.Protocol.HTTP_2;
    }

    void init(Channel channel, Connections pool, LoadLoop loop) {
        ChannelPipeline handlers = channel.pipeline();
        if (tls != null) {
            SslHandler handler =
                    tls.newHandler(channel.alloc(), profile.target().getHost(), profile.port());
            handler.setHandshakeTimeout(profile.connectTimeOut().toMillis(), TimeUnit.MILLISECONDS);
            handlers.addLast(handler);
        }
        if (http2()) {
            Streams.init(handlers);
        } else {
            handlers.addLast(new Http1Connection(channel, pool, loop));
        }
    }

    /** Why there is no TLS. */
    static ErrorKind kindOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof CertPathBuilderException) {
                return ErrorKind.TLS_CERTIFICATE;
            }
            if (cause instanceof SslHandshakeTimeoutException) {
                return ErrorKind.TLS_HANDSHAKE;
            }
        }
        return ErrorKind.TLS_HANDSHAKE;
    }

    /** Whether the target's own certificate is not valid now: the JDK does not ask where that very one is trusted. */
    static boolean isOutOfDate(SSLSession session) {
        try {
            if (session.getPeerCertificates()[0] instanceof X509Certificate own) {
                own.checkValidity();
            }
            return false;
        } catch (CertificateException | SSLPeerUnverifiedException e) {
            return true;
        }
    }

    private static SslContext context(Wire wire) {
        Path trust = wire.trust();
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().sslProvider(Transport.tls()).endpointIdentificationAlgorithm("HTTPS");
            if (trust != null) {
                builder.trustManager(trust.toFile());
            }
            if (wire.protocol() == Wire.Protocol.HTTP_2) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2));
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no certificates to trust in " + trust, e);
        }
    }
}
