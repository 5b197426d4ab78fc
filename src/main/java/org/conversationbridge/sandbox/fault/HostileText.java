// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that do harm where a text is taken for something else than a text. */
public final class HostileText {
    private static final int LONG = 100 * 1024;

    /** Each with what it would do if it were interpreted. */
    public static final List<String> ALL = List.of(
            "${body}",
            "${bean:poller?method=failed}",
            "${sysenv.PATH} ${camelContext.stop}",
            "$simple{exchangeId}",
            "#{1+1} #bean:json #class:java.lang.Object",
            "{{poll.cron}} {{genesys.client-id}} {{?x}}",
            "{{",
            "}}${",
            "${jndi:ldap://127.0.0.1/x} ${env:PATH} ${sys:java.version}",
            "{} {} %s %n %d{0}",
            "\"",
            "\\",
            "\"}]}],\"order\":\"asc\",\"x\":[{\"y\":\"",
            "{\"conversationId\":\"00000000-0000-4000-8000-000000000000\",\"participants\":[]}",
            "]]></x><!-- &lt; &#0; --><script>alert(1)</script>",
            "' OR 1=1 -- ; DROP TABLE conversations",
            "direct:call-genesys?block=false&x=%00",
            "../../../../etc/passwd",
            "queue://genesys.conversations.error",
            "ID:AMQP_ULONG:x",
            "JMSXGroupID=1, _AMQ_DUPL_ID=1, JMSReplyTo=x",
            "Authorization: Bearer x\r\nX-Injected: 1\r\n\r\nbody",
            "12:00:00.000 ERROR Bridge forged\n12:00:00.001 INFO  Bridge line",
            "\u001b[2J\u001b[31mred\u001b]0;title\u0007",
            "\u009b2J\u0085next\u2028line\u2029paragraph",
            "nul\u0000bell\u0007backspace\b\b\bdelete\u007f",
            "\u202egnp.exe\u202c \u200f\u200e\u2066isolate\u2069",
            "zero\u200bwidth\ufeffbom\u00adsoft",
            "high \ud83d alone",
            "low \ude00 alone",
            "\ude00\ud83d",
            "pair \ud83d\ude00 and \ufffe\uffff",
            "a\u0301\u0316".repeat(60),
            " ",
            "\u00a0",
            "null",
            "true",
            "-1e400",
            "9".repeat(1_000),
            "n".repeat(LONG),
            "\u00e4\ud83d\ude00".repeat(LONG / 4),
            "{\"a\":".repeat(2_000));

    private HostileText() {}

    /** One of them. */
    public static String any(RandomGenerator random) {
        return ALL.get(random.nextInt(ALL.size()));
    }
}
