// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.ConnectionFactory;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.conversationbridge.bridge.watch.WatchedListener;
import org.conversationbridge.broker.KeptQueues;
import org.conversationbridge.broker.ListenerWatch;
import org.conversationbridge.broker.UnreadableTexts;
import org.conversationbridge.http.AnswerLimit;
import org.conversationbridge.http.BearerToken;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.tls.TrustedAuthorities;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Camel components as the routes need them; the reasons are in the decision records. */
public final class Components {
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_HEADER = 16_384;
    private static final int MOST_CONNECTIONS = 20;

    private Components() {}

    /** Local transactions on the listener's session: what a route sends joins what it consumed. */
    static JmsComponent jms(
            ConnectionFactory pool,
            KeptQueues queues,
            ExecutorService listeners,
            ListenerWatch watch,
            UnreadableTexts texts) {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(pool);
        jms.setTransacted(true);
        jms.setLazyCreateTransactionManager(false);
        jms.setCacheLevelName("CACHE_CONSUMER");
        // A broker that does not answer would hold up the start, each consumer for half a minute.
        jms.setAsyncStartListener(true);
        jms.setDisableReplyTo(true);
        // Camel requests consumers of this type only from the factory.
        jms.getConfiguration().setConsumerType(ConsumerType.Custom);
        jms.setMessageListenerContainerFactory(endpoint -> new WatchedListener(endpoint, watch, texts));
        jms.setExceptionListener(new ListenerFailures());
        jms.setMessageConverter(new TextOnly());
        jms.setMessageCreatedStrategy(new BoundedProperties());
        jms.setTaskExecutor(new ConcurrentTaskExecutor(listeners));
        jms.setErrorHandlerLoggingLevel(LoggingLevel.DEBUG);
        jms.setDestinationResolver((session, name, topic) -> queues.resolve(session, name));
        return jms;
    }

    /** One local transaction for all that a route sends, where there is no listener's to join. */
    static SpringTransactionPolicy pageTransaction(ConnectionFactory pool) {
        TransactionTemplate template = new TransactionTemplate(new JmsTransactionManager(pool));
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRED);
        return new SpringTransactionPolicy(template);
    }

    /**
     * No retries below Camel, which would escape throttle and budget; no redirects; time-outs; the proxy of the system
     * properties, as for tokens and notifications.
     */
    static HttpComponent http(
            GenesysSettings genesys,
            HttpClientConnectionManager connections,
            BearerToken bearerToken,
            AnswerLimit answerLimit) {
        HttpComponent http = new HttpComponent();
        http.setClientConnectionManager(connections);
        http.setHttpClientConfigurer(client -> {
            bearerToken.configureHttpClient(client);
            answerLimit.configureHttpClient(client);
        });
        http.setUseSystemProperties(true);
        http.setAutomaticRetriesDisabled(true);
        http.setFollowRedirects(false);
        http.setConnectionRequestTimeout(genesys.responseTimeout().toMillis());
        http.setResponseTimeout(genesys.responseTimeout().toMillis());
        return http;
    }

    /**
     * TLS that trusts whom the settings say, host names checked; time-outs; no endless header. The caller closes it.
     */
    static HttpClientConnectionManager connections(GenesysSettings genesys) {
        Timeout silence = Timeout.of(genesys.responseTimeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(genesys.authorities()
                        .map(TrustedAuthorities::context)
                        .orElseGet(SSLContexts::createSystemDefault)))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_HEADER)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(genesys.connectTimeout()))
                        .setSocketTimeout(silence)
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(Timeout.of(genesys.connectTimeout()))
                        .build())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .build();
    }

    /** A fire time that is missed by more than a second is skipped, not caught up with. */
    public static QuartzComponent quartz() {
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(Map.of(
                "org.quartz.jobStore.misfireThreshold", "1000",
                "org.quartz.threadPool.threadCount", "2"));
        return quartz;
    }
}
