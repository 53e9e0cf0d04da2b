#include "app/serve/encoder_queue.h"

#include <optional>
#include <string>
#include <utility>

#include "scoring/encoder_task.h"

namespace dss::app {

struct EncoderQueue::Job {
  std::shared_ptr<const scoring::Engine> engine;
  std::shared_ptr<scoring::EncoderTask> task;
  std::optional<base::SteadyTime> deadline;
  api::Later later;
};

void EncoderQueue::score(std::shared_ptr<const scoring::Engine> engine, std::string_view text,
                         const scoring::Options& options, api::Later later) {
  auto begun = engine->begin(text, options);
  if (!begun) return later.done(base::fail(begun.error()));
  if (begun->outcome) return later.done(std::move(*begun->outcome));
  submit(std::make_shared<Job>(
      Job{std::move(engine), std::move(begun->task), options.deadline, std::move(later)}));
}

void EncoderQueue::submit(const std::shared_ptr<Job>& job) {
  batching::Work work;
  work.encoder = job->task->encoder();
  work.sequences = job->task->take_sequences();
  work.deadline = job->deadline;
  work.gone = job->later.gone;
  work.done = [this, job](base::Result<batching::Finished> finished) {
    if (!finished) return refuse(job.get(), finished.error());
    job->task->add_times(finished->queued, finished->inferred);
    if (!job->task->take(finished->logits)) return submit(job);
    job->later.done(std::move(job->task->outcome()));
  };
  const auto submitted = batcher_.submit(&work);
  if (!submitted) refuse(job.get(), submitted.error());
}

void EncoderQueue::refuse(Job* job, base::Error error) {
  if (!degrade_ || error.kind != base::ErrorKind::kUnavailable) {
    return job->later.done(base::fail(std::move(error)));
  }
  auto outcome = job->engine->score(job->task->text(), {.model = "simple"});
  if (outcome) outcome->degraded = true;
  job->later.done(std::move(outcome));
}

}  // namespace dss::app
