// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/memory.hpp>

#include "driver.hpp"
#include "shared_memory.hpp"

#include <climits>
#include <string>

namespace steward::inline v0::adapters {

memory::memory() noexcept : number_{detail::next_shared_memory()} {}

void memory::check(const settings& wanted, configuration_check& check)
{
    if (wanted.busy_timeout.count() < 0 || wanted.busy_timeout.count() > INT_MAX)
        check.wrong(field_name(wanted, wanted.busy_timeout), "0 to 2147483647 ms",
                    std::to_string(wanted.busy_timeout.count()) + " ms");
}

std::unique_ptr<detail::driver> memory::open(const settings& wanted)
{
    {
        const std::lock_guard lock{mutex_};
        if (!keeper_)
            keeper_ = connect(wanted);
    }
    return connect(wanted);
}

std::unique_ptr<detail::driver> memory::connect(const settings& wanted) const
{
    return std::make_unique<detail::sqlite_driver>(detail::open_shared_memory(number_),
                                                   sqlite_settings{.connection = ":memory:",
                                                                   .busy_timeout = wanted.busy_timeout,
                                                                   .foreign_keys = wanted.foreign_keys,
                                                                   .journal = sqlite_journal::unchanged,
                                                                   .synchronous = sqlite_synchronous::off,
                                                                   .statement_cache = wanted.statement_cache});
}

} // namespace steward::inline v0::adapters
