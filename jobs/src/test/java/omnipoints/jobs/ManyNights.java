package omnipoints.jobs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that run so many nights that not every build can wait for them: {@code ./mvnw verify
 * -Dnights=all} runs them too.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ManyNights.Asked.class)
@interface ManyNights {

  final class Asked implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if ("all".equals(System.getProperty("nights")))
        return ConditionEvaluationResult.enabled("all nights are asked for");
      String reason =
          context.getRequiredTestClass().getSimpleName()
              + " runs many nights and is left out; ./mvnw verify -Dnights=all runs it";
      if (context.getTestMethod().isEmpty()) System.out.println(reason);
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
