// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.ConnectionFactory;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.route.BearerToken;
import org.conversationbridge.settings.GenesysSettings;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Camel components as the routes need them; the reasons are in the decision records. */
final class Components {
    private Components() {}

    /** Local transactions on the listener's session: what a route sends joins what it consumed. */
    static JmsComponent jms(ConnectionFactory pool, QueueResolver queues, ExecutorService listeners) {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(pool);
        jms.setTransacted(true);
        jms.setLazyCreateTransactionManager(false);
        jms.setCacheLevelName("CACHE_CONSUMER");
        jms.setDisableReplyTo(true);
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

    /** No retries below Camel, which would escape throttle and budget; no redirects; time-outs. */
    static HttpComponent http(GenesysSettings genesys, BearerToken bearerToken) {
        HttpComponent http = new HttpComponent();
        http.setHttpClientConfigurer(bearerToken);
        http.setAutomaticRetriesDisabled(true);
        http.setFollowRedirects(false);
        http.setConnectTimeout(genesys.connectTimeout().toMillis());
        http.setConnectionRequestTimeout(genesys.responseTimeout().toMillis());
        http.setResponseTimeout(genesys.responseTimeout().toMillis());
        http.setSoTimeout(genesys.responseTimeout().toMillis());
        return http;
    }

    /** A fire time that is missed by more than a second is skipped, not caught up with. */
    static QuartzComponent quartz() {
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(Map.of(
                "org.quartz.jobStore.misfireThreshold", "1000",
                "org.quartz.threadPool.threadCount", "2"));
        return quartz;
    }
}
