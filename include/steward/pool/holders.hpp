// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/redact.hpp>
#include <steward/detail/waiting_owners.hpp>
#include <steward/resource_status.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace steward::inline v0::detail {

/// `load_7, state_42`
[[nodiscard]] inline std::string join(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

/// Who holds the slots of a pool when a caller's time is over, and whether that can end.
class seen_holders {
public:
    explicit seen_holders(owner_id caller) noexcept : caller_{caller} {}

    /// A slot, lent or not, and its holder, if that is known.
    void add(owner_id holder, bool lent)
    {
        if (lent) // the caller has waited, too, whether he holds another slot or not
            all_wait_ = all_wait_ && holder && (holder == caller_ || waiting_owner::contains(holder));
        if (holder)
            names_.push_back(to_string(holder));
    }

    void append_to(std::string& text) const
    {
        if (!names_.empty())
            text.append(" (held by ").append(join(names_)).append(")");
        if (!names_.empty() && all_wait_)
            text.append("; all of the holders are waiting themselves: acquire in one order, or all at once");
    }

private:
    owner_id caller_;
    bool all_wait_ = true;
    std::vector<std::string> names_;
};

/// Waits until no lease is out, until `deadline` at most; whether that is so. `count_leases` is asked each millisecond.
template <class CountLeases>
[[nodiscard]] bool all_came_back(CountLeases count_leases, time_point deadline)
{
    while (count_leases() != 0) {
        if (clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

/// Waits until no lease is out. If some still are at the end of `patience`, the program is wrong: they would use
/// resources that are no more. Says whose they are, to the observers too, and terminates.
template <class CountLeases, class NameHolders, class Tell>
void await_leases(std::string_view resource, CountLeases count_leases, NameHolders name_holders, duration patience,
                  Tell tell) noexcept
{
    if (count_leases() == 0 || all_came_back(count_leases, wait_limit{patience}.deadline(clock::now(), patience)))
        return;
    std::string holders = redact(join(name_holders()));
    if (holders.empty())
        holders = "holders that nobody tracks (see ownership::tracked)";
    const std::size_t leases = count_leases();
    tell(std::string_view{std::string{"out at the end of its manager, "}
                              .append(std::to_string(leases))
                              .append(" in all, held by ")
                              .append(holders)});
    std::fprintf(stderr, "steward: a manager was destroyed while leases of '%.*s' were still out: %zu, held by %s\n",
                 static_cast<int>(resource.size()), resource.data(), leases, holders.c_str());
    std::terminate();
}

/// The one word for what a resource is doing.
[[nodiscard]] constexpr resource_state state_of(const resource_status& status, bool closed, bool suspended) noexcept
{
    if (closed)
        return resource_state::closed;
    if (suspended)
        return resource_state::maintenance;
    if (status.health == resource_health::unhealthy)
        return resource_state::error;
    if (status.active == 0)
        return resource_state::idle;
    return status.pooled && status.active >= status.capacity ? resource_state::busy : resource_state::active;
}

} // namespace steward::inline v0::detail
