package omnipoints.jobs;

import java.time.LocalDate;
import java.util.List;
import omnipoints.sql.Database;
import omnipoints.sql.ForeignSchema;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Spring Batch as the orchestrator: runs, steps, restart, with its state in the database (schema
 * {@code batch}).
 *
 * <p>It remembers attempts; what is true of a night stands in {@code night_step}, written with the
 * step's own rows. A step that Batch believes done or lost is asked there, so every step may be
 * started again. The caller holds the run lock: an execution that still looks alive belongs to a
 * dead process.
 */
public final class Batch {

  /** The tables of Spring Batch, for {@link omnipoints.sql.Migrations#apply}. */
  public static final ForeignSchema SCHEMA =
      new ForeignSchema("batch", "org/springframework/batch/core/schema-postgresql.sql", "6.0");

  private final JobRepository repository;
  private final TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
  private final MapJobRegistry registry = new MapJobRegistry();
  private Exception failed;

  Batch(Database database) throws Exception {
    var factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(database.dataSource());
    factory.setTransactionManager(new JdbcTransactionManager(database.dataSource()));
    factory.setTablePrefix("batch.BATCH_");
    factory.afterPropertiesSet();
    repository = factory.getObject();
    operator.setJobRepository(repository);
    operator.setJobRegistry(registry);
    operator.setTaskExecutor(new SyncTaskExecutor());
    operator.afterPropertiesSet();
  }

  /**
   * Runs the steps for a date, or what is left of them, in the calling thread.
   *
   * @throws Exception what the failed step threw
   */
  void run(Night night, List<NightStep> steps) throws Exception {
    Job job = job(night, steps);
    registry.unregister(job.getName());
    registry.register(job);
    JobParameters parameters =
        new JobParametersBuilder().addLocalDate("night", night.date()).toJobParameters();
    JobExecution last = lastExecution(job, parameters);
    failed = null;
    JobExecution execution =
        last == null ? operator.start(job, parameters) : restarted(recovered(last));
    if (execution.getStatus() == BatchStatus.COMPLETED) return;
    if (failed != null) throw failed;
    for (Throwable failure : execution.getAllFailureExceptions()) {
      if (failure instanceof Exception exception) throw exception;
      throw new IllegalStateException(failure);
    }
    throw new IllegalStateException("job " + job.getName() + " ended " + execution.getStatus());
  }

  // The library tells of whatever keeps a run from starting that it is running already: what
  // kept it is the cause.
  private JobExecution restarted(JobExecution last) throws Exception {
    try {
      return operator.restart(last);
    } catch (JobRestartException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private JobExecution lastExecution(Job job, JobParameters parameters) {
    JobInstance instance = repository.getJobInstance(job.getName(), parameters);
    if (instance == null) return null;
    JobExecution last = repository.getLastJobExecution(instance);
    // Batch commits an instance before its first execution: a process that died in between left
    // one that can neither be started nor restarted.
    if (last == null) repository.deleteJobInstance(instance);
    return last;
  }

  // A killed process leaves STARTED, a lost commit UNKNOWN, and a disk that was full only while the
  // step was recorded a step that seems to run in a run that failed: all are over, since the run
  // lock is ours.
  private JobExecution recovered(JobExecution last) {
    last.getStepExecutions().stream()
        .filter(step -> unfinished(step.getStatus()))
        .forEach(
            step -> {
              step.setStatus(BatchStatus.FAILED);
              step.setEndTime(step.getLastUpdated());
              repository.update(step);
            });
    if (last.getStatus() == BatchStatus.FAILED || last.getStatus() == BatchStatus.STOPPED)
      return last;
    last.setStatus(BatchStatus.FAILED);
    last.setEndTime(last.getLastUpdated());
    repository.update(last);
    return last;
  }

  private static boolean unfinished(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }

  private Job job(Night night, List<NightStep> steps) {
    SimpleJobBuilder job =
        new JobBuilder(NightlyJob.NAME, repository).start(step(night, steps.get(0)));
    for (NightStep step : steps.subList(1, steps.size())) job = job.next(step(night, step));
    return job.build();
  }

  private Step step(Night night, NightStep step) {
    return new StepBuilder(step.name(), repository)
        .tasklet(
            (contribution, context) -> {
              Counts counts = counts(night, step);
              contribution.incrementWriteCount(counts.written());
              return RepeatStatus.FINISHED;
            },
            new ResourcelessTransactionManager())
        .allowStartIfComplete(true)
        .build();
  }

  private Counts counts(Night night, NightStep step) throws Exception {
    try {
      return Steps.run(night, step);
    } catch (Exception e) {
      failed = e;
      throw new StepFailed(step.name());
    }
  }

  /** All that the library keeps of a failure: it would write down every word of the cause. */
  private static final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String step) {
      super("step " + step + " failed", null, false, false);
    }
  }

  /** Run id of a date: what {@code status} and {@code restart} accept besides the date itself. */
  static String runId(LocalDate date) {
    return NightlyJob.NAME + "-" + date;
  }
}
