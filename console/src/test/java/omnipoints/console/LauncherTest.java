package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher makes of the environment it is started in; a script stands for Java. */
class LauncherTest {
  @TempDir Path root;

  @BeforeEach
  void something_that_is_built() throws IOException {
    Files.copy(
        Path.of("../omnipoints"), root.resolve("omnipoints"), StandardCopyOption.COPY_ATTRIBUTES);
    Path java = root.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "charmap=$(locale charmap 2>/dev/null) language=$OMNIPOINTS_LANGUAGE umask=$(umask)"
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Path target = Files.createDirectories(root.resolve("console/target"));
    Files.writeString(target.resolve("classpath"), "\n");
    Files.writeString(target.resolve("built"), root.toRealPath() + " " + java.toRealPath() + "\n");
  }

  private String started(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(root.toRealPath().resolve("omnipoints").toString(), "status")
            .redirectErrorStream(true);
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "JAVA_OPTS"})
      builder.environment().remove(name);
    builder.environment().remove("OMNIPOINTS_LANGUAGE");
    builder.environment().put("JAVA_HOME", root.toRealPath().resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }

  @ParameterizedTest
  @CsvSource({
    "LANG,zh_CN.UTF-8",
    "LANG,en_US.UTF-8",
    "LANG,xx_YY.UTF-8",
    "LC_ALL,zh_CN.GBK",
    "LC_ALL,xx_YY.UTF-8",
    "LC_CTYPE,UTF-8",
    "LANG,C",
    "LANG,C.UTF-8"
  })
  void names_are_utf_8_whatever_locale_comes_along_and_the_language_stays(
      String variable, String value) throws Exception {
    assertThat(started(Map.of(variable, value)))
        .isEqualTo(
            "charmap=UTF-8 language=" + (variable.equals("LC_CTYPE") ? "" : value) + " umask=0077");
  }

  @Test
  void the_first_of_the_variables_that_says_anything_is_the_language() throws Exception {
    assertThat(started(Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "en_US.UTF-8")))
        .contains("language=en_US.UTF-8");
    assertThat(started(Map.of())).contains("charmap=UTF-8 language= ");
  }
}
