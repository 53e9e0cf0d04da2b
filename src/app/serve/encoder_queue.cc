#include "app/serve/encoder_queue.h"

#include <optional>
#include <string>
#include <utility>

#include "scoring/encoder_task.h"

namespace dss::app {

namespace {

std::size_t tokens_of(const batching::Work& work) {
  std::size_t tokens = 0;
  for (const auto& sequence : work.sequences) tokens += sequence.size();
  return tokens;
}

}  // namespace

struct EncoderQueue::Job {
  std::shared_ptr<const scoring::Engine> engine;
  std::shared_ptr<scoring::EncoderTask> task;
  std::optional<base::SteadyTime> deadline;
  api::Later later;
  std::size_t tokens = 0;  ///< held of its account's share
};

void EncoderQueue::score(std::shared_ptr<const scoring::Engine> engine, std::string_view text,
                         const scoring::Options& options, api::Later later) {
  auto begun = engine->begin(text, options);
  if (!begun) return later.done(base::fail(begun.error()));
  if (begun->outcome) return later.done(std::move(*begun->outcome));
  submit(std::make_shared<Job>(
      Job{std::move(engine), std::move(begun->task), options.deadline, std::move(later), 0}));
}

void EncoderQueue::submit(const std::shared_ptr<Job>& job) {
  batching::Work work;
  work.encoder = job->task->encoder();
  work.sequences = job->task->take_sequences();
  job->tokens = tokens_of(work);
  if (!share_.enter(job->later.account, job->tokens)) {
    return refuse(job.get(),
                  {base::ErrorKind::kUnavailable,
                   "This key has its share of the queue; try again when its texts are scored."});
  }
  work.deadline = job->deadline;
  work.gone = job->later.gone;
  work.done = [this, job](base::Result<batching::Finished> finished) {
    share_.leave(job->later.account, job->tokens);
    if (!finished) return refuse(job.get(), finished.error());
    job->task->add_times(finished->queued, finished->inferred);
    if (!job->task->take(finished->logits)) return submit(job);
    job->later.done(std::move(job->task->outcome()));
  };
  const auto submitted = batcher_.submit(&work);
  if (submitted) return;
  share_.leave(job->later.account, job->tokens);
  refuse(job.get(), submitted.error());
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
