// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/cleanup_report.hpp>
#include <steward/pool/slot_housekeeping.hpp>
#include <steward/pool/slot_lender.hpp>
#include <steward/resource_status.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0::detail {

/// What `slot_pool` does, for all adapters whose resources are alike to it.
template <class Traits>
class untyped_slot_pool : public slot_lender<Traits> {
    using base = slot_lender<Traits>;
    using base::keeper_;
    using typename base::calls;
    using typename base::keeper;
    using typename base::slot;
    using typename base::state;

public:
    using settings = typename Traits::adapter::settings;
    using options = pool_options;
    using ownership_policy = typename Traits::ownership;

    untyped_slot_pool(std::string_view name, settings&& s, const options& o) : base{name, std::move(s), o} {}

    /// A manager of such a pool needs a thread that tells it the time.
    static constexpr bool needs_housekeeping = Traits::locking::waits;

    /// Waits for leases that are out, up to the acquire_timeout; then names their holders and terminates.
    ~untyped_slot_pool() { shut_down(); }
    untyped_slot_pool(const untyped_slot_pool&) = delete;
    untyped_slot_pool& operator=(const untyped_slot_pool&) = delete;

    static void check(const options& o, configuration_check& check)
    {
        pool_limits limits = keeper::standard_limits;
        limits.apply(o);
        limits.check(keeper::exchange::capacity, check);
    }

    /// Changes the options that are named; `configuration_error` if they cannot work. Resources that are lent and
    /// are too many then are retired as they come back.
    void resize(const options& o)
    {
        keeper_.resize(o);
        house_.sweep();
        keeper_.slots.review_leaving();
    }

    /// Sets the pool's time and does what is due. Never touches a resource that is lent.
    void maintain(time_point now) { house_.maintain(now); }

    /// The same for a thread that has other pools to look after: the adapter is called by a thread of the pool's own.
    void keep_house(time_point now) noexcept { house_.keep_house(now); }
    /// How often that should happen.
    [[nodiscard]] duration precision() const noexcept { return house_.precision(); }

    /// All resources that there are now are retired: what is free now, the rest as it comes back.
    void refresh() noexcept
    {
        keeper_.condemn_all();
        house_.sweep();
    }

    /// Nobody gets a resource until `resume`; those who come wait, until their deadline at most. One that is on its way
    /// back in this moment may be lent once more.
    void suspend() noexcept { keeper_.slots.suspend(); }
    void resume() noexcept { house_.resume(); }

    /// Nobody gets a resource any more, and all who wait learn it; `close` follows.
    void refuse() noexcept { keeper_.slots.close(); }
    [[nodiscard]] bool closed() noexcept { return keeper_.slots.closed(); }

    /// Closes what is free now and the rest as it comes back; wakes all who wait. Closing twice is harmless. One that is
    /// on its way back in this moment may be lent once more; nothing is created any more.
    void close() noexcept { house_.close(); }

    /// The same, but many resources are closed at once, and it does not wait for that: see `count_unfinished`.
    void close_at_once() noexcept { house_.close_at_once(); }

    /// Refuses newcomers; those who wait are served as long as leases come back.
    void drain() noexcept { keeper_.slots.drain(); }

    /// How many leases are out, slots an adapter is at work on, and resources that are left.
    [[nodiscard]] std::size_t count_unfinished() noexcept { return std::max(keeper_.slots.in_use(), keeper_.live()); }
    [[nodiscard]] std::size_t count_leases() noexcept { return keeper_.slots.in_use() + keeper_.slots.waiting(); }

    /// Says what is not closed yet.
    void report(cleanup_report& out, std::string_view name)
    {
        const slot_counts now = keeper_.slots.count();
        if (now.lent != 0)
            out.still_lent.push_back({std::string{name}, now.lent, owners()});
        if (now.in_service + now.available != 0)
            out.still_closing.push_back({std::string{name}, now.in_service + now.available});
        for (std::string& what : keeper_.take_destroy_failures())
            out.failed.push_back({std::string{name}, std::move(what)});
    }

    /// Opens a closed pool again, with another adapter. `resource_error` if it is not closed, or if what was lent has
    /// not come back within the acquire_timeout; if the adapter's constructor throws it stays closed.
    void reopen(settings&& s)
    {
        typename base::core::replacement adapter{keeper_.core};
        adapter.await_end(
            keeper_.slots.closed(), [this] { return count_unfinished(); }, keeper_.limits().acquire_timeout);
        keeper_.helpers.wait();
        adapter.make(std::move(s));
        if (keeper_.slots.end_closing())
            keeper_.slots.reopen();
    }

    /// Closes, and waits until nothing is out and the adapter is not at work on what came back.
    void shut_down() noexcept
    {
        close();
        keeper_.helpers.wait();
        await_leases(
            keeper_.core.name, [this] { return keeper_.slots.in_use(); }, [this] { return words_of_holders(*this); },
            keeper_.limits().acquire_timeout,
            [this](std::string_view words) { calls::leaked(keeper_.core.name, words); });
        house_.sweep();                            // what the helpers made too late
        static_cast<void>(keeper_.slots.closed()); // whoever gave the last one back has left the mutex, too
    }

    [[nodiscard]] resource_status status()
    {
        resource_status out;
        out.pooled = true;
        count(out);
        out.capacity = keeper_.slots.usable();
        out.waiting = keeper_.slots.waiting();
        out.owners = owners();
        out.diagnosis = diagnose();
        out.health = out.diagnosis.health;
        if constexpr (counts<Traits>)
            out.totals = metrics();
        out.state = state_of(out, keeper_.slots.closed(), keeper_.slots.suspended());
        return out;
    }

    [[nodiscard]] metrics_snapshot metrics()
        requires counts<Traits>
    {
        metrics_snapshot out;
        calls::report(keeper_.core.states, out);
        keeper_.core.report_numbers(out);
        keeper_.slots.for_each([&](slot& s, state) { calls::report(keeper::whole(s).states, out); });
        count(out);
        derive_releases(out);
        return out;
    }

    /// Who holds a resource now, in the order of the slots; empty where the ownership policy does not know.
    [[nodiscard]] std::vector<std::string> owners()
    {
        std::vector<std::string> names;
        if constexpr (knows_holders<typename Traits::ownership>)
            keeper_.slots.for_each([&](slot& s, state) {
                if (const owner_id id = keeper::holder_of(s))
                    names.push_back(to_string(id));
            });
        return names;
    }

    /// The leases that are out, anonymous ones too; there only if the ownership policy traces them.
    [[nodiscard]] std::vector<lease_trace> traces()
        requires traces_leases<typename Traits::ownership>
    {
        return house_.traces();
    }

    [[nodiscard]] resource_health health() { return keeper_.core.verdict().health; }
    /// The same with reason and time, and with the adapter's words where it could not create.
    [[nodiscard]] health_report diagnose() { return keeper_.core.diagnose(keeper_.last_cause); }

protected:
    /// What stands in the slot, whatever its type.
    [[nodiscard]] static auto& get(typename base::token taken) noexcept { return keeper::whole(*taken).resource(); }

private:
    template <class Report>
    void count(Report& out)
    {
        const slot_counts now = keeper_.slots.count();
        out.active = now.lent;
        out.available = now.available;
        out.size = now.live;
    }

    slot_housekeeping<Traits> house_{keeper_};
};

} // namespace steward::inline v0::detail
