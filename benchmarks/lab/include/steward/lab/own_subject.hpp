// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lab/axes.hpp>
#include <steward/lab/build.hpp>
#include <steward/lab/subject.hpp>

#include <cstdint>
#include <tuple>

namespace steward::inline v0::lab {

/// What a user's workload may give for the resources of his manager: `static auto settings()`, a tuple of what the
/// resources' `with` returns for settings alone. What it leaves out has its default settings.
template <class Workload>
[[nodiscard]] auto settings_of_workload()
{
    if constexpr (requires { Workload::settings(); })
        return Workload::settings();
    else
        return std::tuple<>{};
}

/// A combination of policies over a user's manager, under his workload: `static void run(auto& manager)`, one unit of work.
template <class Manager, class Workload, class Combination>
class alignas(128) own_subject final : public subject {
    using manager_type = typename Combination::template manager_of<Manager, capacity>;

public:
    /// Builds the manager; throws what that throws.
    explicit own_subject(const subject_options& options)
        : manager_{build<manager_type>(settings_of_workload<Workload>(), options.slots)}
    {
    }

    void repeat(std::uint64_t times) override
    {
        for (; times != 0; --times)
            Workload::run(manager_);
    }

private:
    manager_type manager_;
};

} // namespace steward::inline v0::lab
