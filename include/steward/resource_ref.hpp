// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/fixed_string.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/resource_status.hpp>
#include <steward/wait_limit.hpp>

#include <string_view>

namespace steward::inline v0 {

/// One resource of a manager: what `manager.visit(name, f)` hands to `f`. It must not outlive the manager.
template <class Manager, fixed_string Name>
class resource_ref {
public:
    /// The manager has to live as long.
    explicit resource_ref(Manager& manager) noexcept : manager_{manager} {}

    /// The resource's declared name.
    [[nodiscard]] static constexpr std::string_view name() noexcept { return Name.view(); }

    /// The manager's functions, for this resource.
    /// @{
    [[nodiscard]] auto acquire(const wait_limit& limit = {}) { return manager_.template acquire<Name>(limit); }
    [[nodiscard]] auto try_acquire(const wait_limit& limit = {}) { return manager_.template try_acquire<Name>(limit); }
    [[nodiscard]] bool validate() { return manager_.template validate<Name>(); }
    [[nodiscard]] resource_status status() { return manager_.template status<Name>(); }
    [[nodiscard]] resource_health health() { return manager_.template health<Name>(); }
    [[nodiscard]] metrics_snapshot metrics()
        requires requires(Manager& m) { m.template metrics<Name>(); }
    /// @}
    {
        return manager_.template metrics<Name>();
    }

private:
    Manager& manager_;
};

} // namespace steward::inline v0
