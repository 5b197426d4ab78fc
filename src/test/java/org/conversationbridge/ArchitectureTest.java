// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages are the table of contents: what each may know. */
@AnalyzeClasses(packages = "org.conversationbridge", importOptions = ArchitectureTest.Program.class)
class ArchitectureTest {
    /** What is no test, wherever it was compiled to. */
    static final class Program implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String ROOT = "org.conversationbridge.";

    private static final List<String> DOMAIN = List.of(
            "budget",
            "change",
            "checkpoint",
            "clock",
            "completion",
            "conversation",
            "delivery",
            "failure",
            "gap",
            "genesys",
            "history",
            "names",
            "notification",
            "poll",
            "privacy",
            "settings",
            "text",
            "tls",
            "token");

    /** What may know Camel, JMS or both. */
    private static final List<String> ADAPTERS = List.of(
            "bridge", "broker", "cli", "expression", "health", "http", "replay", "route", "routecheck", "sandbox");

    @ArchTest
    static final ArchRule the_domain_knows_no_camel_and_no_jms = noClasses()
            .that()
            .resideInAnyPackage(DOMAIN.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.camel..", "jakarta.jms..", "org.springframework..", "org.apache.activemq..");

    @ArchTest
    static void each_package_is_in_one_list(JavaClasses production) {
        Set<String> packages = production.stream()
                .map(type -> type.getPackageName().substring(ROOT.length()).split("\\.")[0])
                .collect(Collectors.toSet());

        assertThat(Stream.concat(DOMAIN.stream(), ADAPTERS.stream())).containsExactlyInAnyOrderElementsOf(packages);
    }

    @ArchTest
    static final ArchRule only_the_command_line_knows_the_sandbox = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "sandbox..", ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "sandbox..");

    @ArchTest
    static final ArchRule the_sandbox_knows_nothing_of_the_connector = noClasses()
            .that()
            .resideInAPackage(ROOT + "sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "genesys..",
                    ROOT + "conversation..",
                    ROOT + "history..",
                    ROOT + "http..",
                    ROOT + "route..",
                    ROOT + "routecheck..",
                    ROOT + "bridge..");

    /** What is generated and what is to be said of it must not come from the rules that are tested with it. */
    @ArchTest
    static void stories_and_their_oracle_know_no_class_but_the_sandbox(JavaClasses production) {
        JavaClasses oracle = new ClassFileImporter().importPackages(ROOT + "story", ROOT + "sandbox.world");

        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "story..", ROOT + "sandbox.world..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.conversationbridge..")
                        .and(resideOutsideOfPackages(ROOT + "story..", ROOT + "sandbox..")))
                .check(oracle);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "sandbox.world..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..")
                .check(production);
    }

    @ArchTest
    static final ArchRule only_the_broker_package_and_its_users_know_artemis = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "broker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.activemq..");

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    /** Within a package as well: each of its rooms is a slice, and so is what they share. */
    @ArchTest
    static final ArchRule rooms_are_free_of_cycles =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_what_a_class_is =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule exceptions_are_named_for_the_situation =
            classes().that().areAssignableTo(Exception.class).should().haveNameMatching(".*(Exception|ApiError)");
}
