// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.conversationbridge.Fixtures.parse;
import static org.conversationbridge.Fixtures.quoted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailsQueryCheckTest {
    private static final String DAY = "'interval':'2026-11-20T00:00:00.000Z/2026-11-21T00:00:00.000Z'";

    @Test
    void accepts_what_the_platform_accepts() {
        assertThatCode(() -> DetailsQueryCheck.check(quoted("{" + DAY + ",'order':'desc','orderBy':'conversationEnd',"
                        + "'paging':{'pageSize':100,'pageNumber':1},'segmentFilters':[{'type':'and','clauses':["
                        + "{'type':'or','predicates':[{'dimension':'userId','value':'u'}]}],'predicates':["
                        + "{'type':'dimension','dimension':'purpose','operator':'matches','value':'agent'}]}],"
                        + "'conversationFilters':[{'type':'and','predicates':[{'dimension':'conversationEnd',"
                        + "'operator':'exists'}]}]}")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                       | constraint.validation | interval: may not be null",
                "{'interval':'today'}                     | invalid.date          | Dates must be specified",
                "{'interval':'2026-11-20T00:00:00.000Z/soon'} | invalid.date      | Dates must be specified",
                "{'interval':'2026-11-21T00:00:00.000Z/2026-11-20T00:00:00.000Z'} | constraint.validation | must be before the end",
                "{'interval':'2026-01-01T00:00:00.000Z/2026-03-01T00:00:00.000Z'} | constraint.validation | may not exceed 31 days",
                "{DAY,'queries':[]}                       | invalid.property      | [queries] is not a valid property",
                "{DAY,'order':'newest'}                   | invalid.value         | [newest] is not valid",
                "{DAY,'paging':{'pageSize':101,'pageNumber':1}} | constraint.validation | between 1 and 100",
                "{DAY,'paging':{'pageSize':10,'pageNumber':0}}  | constraint.validation | pageNumber",
                "{DAY,'paging':{'size':10}}               | invalid.property      | [size] is not a valid property",
                "{DAY,'paging':{'pageSize':100,'pageNumber':1001}} | bad.request  | Pagination may not exceed 100000 results.",
                "{DAY,'segmentFilters':[{'predicates':[]}]} | constraint.validation | type: may not be null",
                "{DAY,'segmentFilters':[{'type':'and','predicates':[{'dimension':'conversationEnd','operator':'exists'}]}]} | invalid.value | [conversationEnd] is not valid",
                "{DAY,'conversationFilters':[{'type':'and','predicates':[{'dimension':'userId','value':'u'}]}]} | invalid.value | [userId] is not valid",
                "{DAY,'segmentFilters':[{'type':'and','predicates':[{'dimension':'userId'}]}]} | constraint.validation | value: may not be null",
                "{DAY,'segmentFilters':[{'type':'and','predicates':[{'dimension':'userId','values':['u']}]}]} | invalid.property | [values] is not a valid property",
                "[]                                       | bad.request           | malformed syntax"
            })
    void refuses_what_the_platform_refuses(String query, String code, String message) {
        ApiError error =
                catchThrowableOfType(ApiError.class, () -> DetailsQueryCheck.check(quoted(query.replace("DAY", DAY))));

        assertThat(error).hasMessageContaining(message);
        assertThat(error.body("c").path("code").asText()).isEqualTo(code);
        assertThat(parse(error.body("c").toString()).path("status").asInt()).isEqualTo(400);
    }
}
