// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lab/axes.hpp>
#include <steward/lab/build.hpp>
#include <steward/lab/session.hpp>
#include <steward/lab/subject.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <tuple>

namespace steward::inline v0::lab {

/// A combination under the standard workloads. Aligned: where in a cache line a manager begins is worth a third of the
/// shortest leases, and would be another chance in each repetition.
template <class Combination>
class alignas(128) standard_subject final : public subject {
    using manager_type = typename Combination::template manager_of<standard_manager, capacity>;
    using all_three = needs<"first", "second", "third">;

public:
    /// Builds the manager.
    explicit standard_subject(const subject_options& options)
        : manager_{
              build<manager_type>(std::tuple{resource<"first", sessions>::with({options.create_time})}, options.slots)}
    {
    }

    void repeat(std::uint64_t times) override
    {
        for (; times != 0; --times) {
            auto held = manager_.template acquire<"first">();
            benchmark::DoNotOptimize(held.get());
        }
    }

    void repeat_several(std::uint64_t times) override
    {
        for (; times != 0; --times) {
            auto owner = manager_.owner("several", times);
            auto held = owner.template acquire_all<all_three>();
            benchmark::DoNotOptimize(held);
        }
    }

    void lend(use& what) override
    {
        auto held = manager_.template acquire<"first">();
        if (what(*held) == after::discard)
            if constexpr (requires { held.discard(); })
                held.discard();
    }

    void lend_several(use& what) override
    {
        auto owner = manager_.owner("several", 1);
        auto held = owner.template acquire_all<all_three>();
        what(held["first"_r]);
    }

private:
    manager_type manager_;
};

} // namespace steward::inline v0::lab
