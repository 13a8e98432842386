// SPDX-License-Identifier: BSL-1.0
#include "job.hpp"

#include <range/v3/numeric/accumulate.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

namespace etl {

namespace {

using namespace std::chrono_literals;

/// Runs the machine for one chunk after the other, in several threads, until none is left or one fails.
class crew {
public:
    crew(job_manager& resources, const source& input, const std::vector<chunk>& chunks)
        : resources_{resources}, input_{input}, chunks_{chunks}
    {
    }

    /// What stopped executions; empty if all came to their end.
    [[nodiscard]] std::vector<std::string> work(std::size_t workers)
    {
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < std::min(workers, chunks_.size()); ++i)
                threads.emplace_back([this] { work_off(); });
        }
        return std::move(failures_);
    }

private:
    void work_off()
    {
        while (!stopped_) {
            const std::size_t mine = next_++;
            if (mine >= chunks_.size())
                return;
            const auto outcome = steward::run<machine>(resources_, execution{&input_, chunks_[mine]});
            if (!outcome.completed)
                stop(fmt::format("lines {} to {}: {}: {}", chunks_[mine].first_line,
                                 chunks_[mine].first_line + chunks_[mine].rows - 1, outcome.failed_state,
                                 outcome.error_message()));
        }
    }

    void stop(std::string why)
    {
        stopped_ = true;
        const std::lock_guard lock{mutex_};
        failures_.push_back(std::move(why));
    }

    job_manager& resources_;
    const source& input_;
    const std::vector<chunk>& chunks_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> stopped_{false};
    std::mutex mutex_;
    std::vector<std::string> failures_;
};

[[nodiscard]] std::size_t rows_of(const std::vector<chunk>& chunks)
{
    return ranges::accumulate(chunks, std::size_t{0}, {}, &chunk::rows);
}

/// Takes those away that an earlier run has finished.
void remove_loaded(std::vector<chunk>& chunks, const store::earlier& before)
{
    std::erase_if(chunks, [&](const chunk& part) {
        return part.number < before.chunk_is_loaded.size() && before.chunk_is_loaded[part.number];
    });
}

/// Where the input really lies: the resource "input" follows no symbolic links, the user may give one.
[[nodiscard]] std::filesystem::path located(const arguments& wanted)
{
    return std::filesystem::weakly_canonical(std::filesystem::absolute(wanted.input));
}

} // namespace

job_manager make_resources(const arguments& wanted)
{
    return job_manager{
        input_files::with({.base_path = located(wanted).parent_path()}),
        // SQLite lets one session write at a time: the others wait in `begin`, for as long as others may need.
        sessions::with({.connection = wanted.database.string(),
                        .busy_timeout = 5min,
                        .synchronous = steward::adapters::sqlite_synchronous::normal},
                       {.max_size = wanted.workers, .acquire_timeout = 10min}),
    };
}

job_result run_job(job_manager& resources, const arguments& wanted)
{
    const auto start = steward::clock::now();
    const std::string name = located(wanted).filename().string();
    const auto file = resources.acquire<"input">()->map(name);
    const source input = describe(name, file.text(), wanted.how);
    const store::earlier before =
        store::prepare(*resources.acquire<"database">(), input, wanted.chunk_rows, wanted.fresh);

    job_result result{.chunk_rows = before.chunk_rows};
    std::vector<chunk> chunks = cut(input, file.text(), before.chunk_rows);
    result.rows_in = rows_of(chunks);
    remove_loaded(chunks, before);
    const std::size_t left = rows_of(chunks);

    auto line = resources.acquire<"progress">();
    if (!wanted.quiet)
        line->begin(left);
    result.failures = crew{resources, input, chunks}.work(wanted.workers);
    line->end();

    result.rows = resources.acquire<"tally">()->sum();
    result.rows.already_loaded += result.rows_in - left;
    result.time = steward::clock::now() - start;
    return result;
}

} // namespace etl
