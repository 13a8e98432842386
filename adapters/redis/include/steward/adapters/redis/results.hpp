// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/redis/detail/reading.hpp>
#include <steward/adapters/redis/error.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters {

/// The place of a command in a pipeline or transaction, and of its result, which is a T, among the results.
template <class T>
class redis_queued {
public:
    /// From 0, in the order of the commands.
    [[nodiscard]] std::size_t index() const noexcept { return index_; }

private:
    friend class redis_pipeline;
    friend class redis_transaction;
    explicit redis_queued(std::size_t index) noexcept : index_{index} {}

    std::size_t index_;
};

/// What became of the commands of a pipeline or transaction, in their order.
///
///     const auto counted = pipeline.incr("visits");
///     const auto results = pipeline.run();
///     const std::int64_t visits = results[counted];
class redis_results {
public:
    /// `run` and `exec` make it: `what` names the commands, `replies` are in their order, `errors` those that
    /// failed.
    redis_results(std::string what, std::vector<redis_reply> replies,
                  std::vector<std::pair<std::size_t, redis_error>> errors);

    /// How many commands there were.
    [[nodiscard]] std::size_t size() const noexcept { return replies_.size(); }
    /// Whether all commands succeeded.
    [[nodiscard]] bool ok() const noexcept { return errors_.empty(); }
    /// Throws the error of the first command that failed, if any.
    void raise() const;

    /// The result of one command; throws what its failure was.
    template <redis_readable T>
    [[nodiscard]] T operator[](redis_queued<T> which) const
    {
        return detail::read_reply<T>(redis_reply{reply(which.index())}, [&] { return name_of(which.index()); });
    }
    /// The same as it came; throws what its failure was.
    [[nodiscard]] const redis_reply& reply(std::size_t index) const;

private:
    [[nodiscard]] std::string name_of(std::size_t index) const;

    std::string what_;
    std::vector<redis_reply> replies_;
    std::vector<std::pair<std::size_t, redis_error>> errors_; // in their order
};

} // namespace steward::inline v0::adapters
