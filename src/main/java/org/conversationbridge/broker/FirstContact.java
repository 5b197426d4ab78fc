// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.ssl.SSLSupport;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.tls.StoreProblem;

/**
 * A first contact with the address of a broker that cannot be reached, to say why: the client of Artemis says only
 * that it failed. A connection is made and, with TLS, greeted; nothing is sent that is a secret.
 */
final class FirstContact {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final TransportConfiguration address;
    private final int patienceMillis;
    private final String host;
    private final int port;

    FirstContact(TransportConfiguration address) {
        this(address, PATIENCE);
    }

    /** @param patience longest time for a connection, and again for an answer */
    FirstContact(TransportConfiguration address, Duration patience) {
        this.address = address;
        this.patienceMillis = (int) patience.toMillis();
        this.host = parameter(TransportConstants.HOST_PROP_NAME).orElse("localhost");
        this.port =
                Integer.parseInt(parameter(TransportConstants.PORT_PROP_NAME).orElse("61616"));
    }

    /** What is wrong with it, after a client could not connect; empty if a connection can be made. */
    Optional<String> problem() {
        return problem(true);
    }

    /**
     * What would let a client wait half a minute; used before one connects. Empty where a connection can be made.
     * Without TLS in the address nothing is sent: a plain broker logs a greeting in TLS as a broken connection
     * ({@code AMQ212037 ... Frame size exceeded}).
     */
    Optional<String> obstacle() {
        return problem(isTls());
    }

    private Optional<String> problem(boolean isGreeted) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), patienceMillis);
            socket.setSoTimeout(patienceMillis);
            return isGreeted ? greet(socket) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("The host " + host + " cannot be resolved: check BROKER_URL and DNS.");
        } catch (SocketTimeoutException e) {
            return Optional.of(at() + " does not accept a connection within " + patienceMillis / 1_000
                    + " s: is the host of BROKER_URL right, and is there a firewall on the way?");
        } catch (IOException e) {
            return Optional.of(at() + " cannot be reached (" + e.getMessage()
                    + "): is the broker running, and are BROKER_URL and the firewall right?");
        }
    }

    private Optional<String> greet(Socket plain) {
        boolean tls = isTls();
        SSLContext context;
        try {
            context = tls ? trusted() : SSLContext.getDefault();
        } catch (Exception e) {
            return Optional.of("The trust store of BROKER_URL cannot be used: " + storeProblem(e) + ".");
        }
        try {
            greet(plain, context, tls);
            return tls
                    ? Optional.empty()
                    : Optional.of(at() + " speaks TLS, and BROKER_URL does not: set"
                            + " broker.trust-store, or sslEnabled=true in BROKER_URL.");
        } catch (SocketTimeoutException e) {
            return tls
                    ? Optional.of(
                            at() + " accepts connections, but does not answer in TLS: use the broker's port for TLS,"
                                    + " or leave out broker.trust-store and sslEnabled. If it is the port for TLS, the broker is"
                                    + " overloaded or stopped.")
                    : Optional.empty();
        } catch (IOException e) {
            return tls ? Optional.of(tlsProblem(e)) : plainProblem(e);
        }
    }

    private void greet(Socket plain, SSLContext context, boolean isNameChecked) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            if (isNameChecked) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    /** What it means that an address accepts connections and gives no answer that the client of Artemis understands. */
    static String silent(String address) {
        return address
                + " accepts connections, but does not answer as an Artemis does: does BROKER_URL name the host and"
                + " port of its acceptor, and is the broker overloaded or stopped?";
    }

    /**
     * A server that answers a greeting with a certificate, trusted or not, speaks TLS; a plain broker says nothing, or
     * goes.
     */
    private Optional<String> plainProblem(IOException failure) {
        return isAboutCertificate(failure)
                ? Optional.of(
                        at() + " speaks TLS, and BROKER_URL does not: set broker.trust-store, or sslEnabled=true in"
                                + " BROKER_URL.")
                : Optional.empty();
    }

    private String tlsProblem(IOException failure) {
        if (ExceptionUtils.indexOfType(failure, CertPathBuilderException.class) >= 0
                || ExceptionUtils.indexOfType(failure, CertPathValidatorException.class) >= 0) {
            return "The certificate of " + at()
                    + " is not trusted: broker.trust-store, or the trust store of BROKER_URL,"
                    + " must hold the authority that issued it ("
                    + ExceptionUtils.getRootCauseMessage(failure) + ").";
        }
        if (ExceptionUtils.indexOfType(failure, InvalidAlgorithmParameterException.class) >= 0) {
            return "The trust store of BROKER_URL holds no certificate of an authority, so that no broker is trusted.";
        }
        if (isAboutCertificate(failure)) {
            return "The certificate of " + at()
                    + " is for another host: BROKER_URL must name the host as the certificate" + " does ("
                    + ExceptionUtils.getRootCauseMessage(failure) + ").";
        }
        return at()
                + " does not speak TLS, and BROKER_URL does: use its port for TLS, or leave out broker.trust-store and"
                + " sslEnabled.";
    }

    private static boolean isAboutCertificate(IOException failure) {
        return ExceptionUtils.indexOfType(failure, CertificateException.class) >= 0;
    }

    private String storeProblem(Exception failure) {
        return parameter(TransportConstants.TRUSTSTORE_PATH_PROP_NAME)
                .map(path -> path + ": "
                        + StoreProblem.of(
                                Path.of(path),
                                parameter(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME)
                                        .orElse(TransportConstants.DEFAULT_TRUSTSTORE_TYPE),
                                failure))
                .orElse(String.valueOf(failure.getMessage()));
    }

    private SSLContext trusted() throws Exception {
        SSLSupport support = new SSLSupport();
        parameter(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME).ifPresent(support::setTruststoreType);
        parameter(TransportConstants.TRUSTSTORE_PATH_PROP_NAME).ifPresent(support::setTruststorePath);
        parameter(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME).ifPresent(support::setTruststorePassword);
        return parameter(TransportConstants.TRUSTSTORE_PATH_PROP_NAME).isEmpty()
                ? SSLContext.getDefault()
                : support.createContext();
    }

    private boolean isTls() {
        return Boolean.parseBoolean(
                parameter(TransportConstants.SSL_ENABLED_PROP_NAME).orElse("false"));
    }

    private Optional<String> parameter(String name) {
        Map<String, Object> parameters = address.getParams();
        return Optional.ofNullable(parameters.get(name)).map(String::valueOf);
    }

    private String at() {
        return host + ":" + port;
    }
}
