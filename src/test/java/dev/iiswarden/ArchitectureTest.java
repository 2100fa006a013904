package dev.iiswarden;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.iiswarden.engine.EventJson;
import java.time.Clock;
import java.time.Instant;

/** What the package descriptions promise of who may call whom. */
@AnalyzeClasses(packages = "dev.iiswarden", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule callsGoDownwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("dev.iiswarden.cli")
          .layer("sink")
          .definedBy("dev.iiswarden.sink")
          .layer("metrics")
          .definedBy("dev.iiswarden.metrics")
          .layer("kafka")
          .definedBy("dev.iiswarden.kafka")
          .layer("detector")
          .definedBy("dev.iiswarden")
          .layer("engine")
          .definedBy("dev.iiswarden.engine")
          .layer("text")
          .definedBy("dev.iiswarden.text")
          .layer("scenario")
          .definedBy("dev.iiswarden.scenario")
          .layer("report")
          .definedBy("dev.iiswarden.report")
          .layer("decode")
          .definedBy("dev.iiswarden.decode")
          .layer("rules")
          .definedBy("dev.iiswarden.rules..")
          .layer("event")
          .definedBy("dev.iiswarden.event")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("sink")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("text")
          .mayOnlyBeAccessedByLayers("engine", "scenario", "cli", "report")
          .whereLayer("scenario")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("kafka")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("metrics")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("detector")
          .mayOnlyBeAccessedByLayers("cli", "sink", "metrics", "scenario", "kafka", "report")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("detector", "kafka")
          .whereLayer("decode")
          .mayOnlyBeAccessedByLayers("cli", "detector", "scenario", "kafka", "report")
          .whereLayer("rules")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule onlyTheEngineKnowsHowDroolsWorks =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.iiswarden.engine", "dev.iiswarden.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.drools..", "org.kie.api.runtime..", "org.kie.api.builder..");

  @ArchTest
  static final ArchRule whatTheProgramNeedsStaysInTheProgram =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.iiswarden.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei..");

  @ArchTest
  static final ArchRule markdownIsForPages =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.iiswarden.report")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.commonmark..");

  @ArchTest
  static final ArchRule whatIsOptionalStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.iiswarden.metrics")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule kafkaStaysInItsPackageAndInTheProgram =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.iiswarden.kafka", "dev.iiswarden.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule ofTheEngineKafkaKnowsTheFormOfEvents =
      noClasses()
          .that()
          .resideInAPackage("dev.iiswarden.kafka")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.resideInAPackage("dev.iiswarden.engine")
                  .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(EventJson.class))));

  @ArchTest
  static final ArchRule theWallClockPlaysNoPart =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule noThreadIsStartedButWhereItIsAskedFor =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.iiswarden.sink.QueuedSink")
          .and()
          .doNotHaveFullyQualifiedName("dev.iiswarden.ContentWatch")
          .and()
          .doNotHaveFullyQualifiedName("dev.iiswarden.cli.StreamCommand")
          .should()
          .callConstructor(Thread.class)
          .orShould()
          .callMethod(Thread.class, "start")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.Executors");

  @ArchTest
  static final ArchRule yamlIsOptionalToo =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.iiswarden.YamlFactories")
          .and()
          .resideOutsideOfPackage("dev.iiswarden.scenario")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.dataformat..", "org.yaml..");

  @ArchTest
  static final ArchRule whatIsNotMeantForSubclassesIsFinal =
      classes()
          .that()
          .arePublic()
          .and()
          .areNotInterfaces()
          .and()
          .resideOutsideOfPackage("dev.iiswarden.rules..")
          .and()
          .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
