package dev.iiswarden.project;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The packages call each other only as their descriptions say. */
@AnalyzeClasses(
    packages = {"dev.iiswarden", "iiswarden.rules"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule callsGoDownwardsOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("dev.iiswarden.cli")
          .layer("print")
          .definedBy("dev.iiswarden.cli.print")
          .layer("report")
          .definedBy("dev.iiswarden.report")
          .layer("scenario")
          .definedBy("dev.iiswarden.scenario")
          .layer("inventory")
          .definedBy("dev.iiswarden.inventory")
          .layer("kafka")
          .definedBy("dev.iiswarden.kafka")
          .layer("metrics")
          .definedBy("dev.iiswarden.metrics")
          .layer("sink")
          .definedBy("dev.iiswarden.sink")
          .layer("detector")
          .definedBy("dev.iiswarden")
          .layer("alert")
          .definedBy("dev.iiswarden.alert")
          .layer("rules")
          .definedBy("dev.iiswarden.rules")
          .layer("drl")
          .definedBy("dev.iiswarden.drl")
          .layer("engine")
          .definedBy("dev.iiswarden.engine")
          .layer("decode")
          .definedBy("dev.iiswarden.decode")
          .layer("read")
          .definedBy("dev.iiswarden.read")
          .layer("evtx")
          .definedBy("dev.iiswarden.read.evtx")
          .layer("event")
          .definedBy("dev.iiswarden.event")
          .layer("compiled rules")
          .definedBy("iiswarden.rules..", "iiswarden.sequences..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("print")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("scenario")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("inventory")
          .mayOnlyBeAccessedByLayers("cli", "print")
          .whereLayer("kafka")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("metrics")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("sink")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("detector")
          .mayOnlyBeAccessedByLayers("cli", "print", "report", "scenario", "kafka", "metrics")
          .whereLayer("alert")
          .mayOnlyBeAccessedByLayers(
              "cli", "print", "report", "scenario", "kafka", "sink", "detector")
          .whereLayer("rules")
          .mayOnlyBeAccessedByLayers(
              "cli", "print", "report", "scenario", "kafka", "sink", "detector", "alert")
          .whereLayer("drl")
          .mayOnlyBeAccessedByLayers("cli", "scenario", "rules")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("detector", "rules", "drl")
          .whereLayer("decode")
          .mayOnlyBeAccessedByLayers(
              "cli", "print", "report", "scenario", "kafka", "detector", "rules")
          .whereLayer("read")
          .mayOnlyBeAccessedByLayers("cli", "kafka", "decode")
          .whereLayer("evtx")
          .mayOnlyBeAccessedByLayers("read")
          .whereLayer("compiled rules")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule onlyTheEngineAndTheRulesKnowHowDroolsWorks =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.iiswarden.engine",
              "dev.iiswarden.rules",
              "dev.iiswarden.drl",
              "iiswarden.rules..",
              "iiswarden.sequences..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.drools..", "org.kie.api.runtime..", "org.kie.api.builder..");

  @ArchTest
  static final ArchRule whatTheProgramNeedsStaysInTheProgram =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.iiswarden.cli", "dev.iiswarden.cli.print")
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
          .doNotHaveFullyQualifiedName("dev.iiswarden.read.ParallelReader")
          .and()
          .doNotHaveFullyQualifiedName("dev.iiswarden.cli.FirstTimes")
          .and()
          .doNotHaveFullyQualifiedName("dev.iiswarden.cli.StreamCommand")
          .and()
          .doNotHaveFullyQualifiedName("dev.iiswarden.cli.Interruption")
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
          .doNotHaveFullyQualifiedName("dev.iiswarden.alert.YamlFactories")
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
          .resideOutsideOfPackage("iiswarden.rules..")
          .and()
          .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
          .should()
          .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
