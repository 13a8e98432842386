// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/cleanup_report.hpp>
#include <steward/detail/block_arena.hpp>
#include <steward/detail/fork_watch.hpp>
#include <steward/lease_trace.hpp>
#include <steward/pool/admitted.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/leaks.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/resource_status.hpp>
#include <steward/wait_limit.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <expected>
#include <memory>
#include <mutex>
#include <new>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// A resource of its own for each lease, created when it is taken and destroyed when it comes back: what
/// `pooling::transient` uses. Nobody waits.
///
/// A lease's place (room for the resource, and the policies' per-slot states) comes from a Boost.Pool and is used
/// again, so nothing is allocated once there have been as many leases at once as there will be.
template <class Traits>
class transient_pool {
    using core = detail::resource_core<Traits>;
    using calls = typename core::calls;
    using mutex_type = typename Traits::locking::mutex_type;

public:
    /// What managers, leases and owners use of a pool; what a manager has by the same name is described there.
    /// @{
    using resource_type = typename core::resource_type;
    using settings = typename Traits::adapter::settings;
    using options = unpooled_options;
    using ownership_policy = typename Traits::ownership;
    /// @}
    /// So that it has no place in the order in which several are taken.
    static constexpr bool waits_for_holders = false;

private:
    static constexpr bool traces_leases = detail::traces_leases<ownership_policy>;
    static constexpr bool lives_on_ticks = detail::needs_ticks<typename Traits::health> || traces_leases;

    struct place {
        [[no_unique_address]] typename core::slot_states states{};
        [[no_unique_address]] typename core::lease_state lease{};
        [[no_unique_address]] detail::lease_probe<Traits> probe{};
        place* next_place = nullptr; // of all that there are, for reports
        place* next_free = nullptr;
        alignas(resource_type) std::byte storage[sizeof(resource_type)];

        [[nodiscard]] resource_type& resource() noexcept
        {
            return *std::launder(reinterpret_cast<resource_type*>(storage));
        }
    };

public:
    /// What managers, leases and owners use of a pool; what a manager has by the same name is described there.
    /// @{
    using token = place*;

    transient_pool(std::string_view name, settings&& s, const options&) : core_{name, std::move(s)}
    {
        core_.tell_time(tick_, clock::now());
    }
    ~transient_pool()
    {
        shut_down();
        while (all_ != nullptr) {
            place* const next = all_->next_place;
            std::destroy_at(all_);
            all_ = next;
        }
    }
    transient_pool(const transient_pool&) = delete;
    transient_pool& operator=(const transient_pool&) = delete;

    static void check(const options&, configuration_check&) {}

    [[nodiscard]] static token acquire_at_once(owner_id, std::source_location) noexcept { return nullptr; }

    [[nodiscard]] std::expected<token, resource_error> acquire(const caller& who, const wait_limit& limit)
    {
        acquired_event event{.owner = who.owner, .slow = true, .where = who.where};
        time_point start{};
        if constexpr (detail::measures<typename Traits::metrics>)
            start = clock::now();
        if (limit.negative())
            return std::unexpected{core_.refuse(limit)};
        detail::admitted permit{core_};
        if (!permit)
            return std::unexpected{core_.not_admitted(closed())};
        place* p = nullptr;
        try {
            p = take_place();
        } catch (...) { // no memory
            return std::unexpected{core_.fail(errc::create_failed, {}, std::current_exception())};
        }
        if (p == nullptr)
            return std::unexpected{core_.fail(errc::closed)};
        if constexpr (detail::has_ticks<typename Traits::health> && !needs_housekeeping)
            core_.tell_time(tick_, clock::now()); // nobody else tells the policy
        time_point deadline = time_point::max();
        if constexpr (detail::creates_until<typename Traits::adapter>)
            deadline = limit.deadline_to_create(clock::now(), patience);
        if (std::exception_ptr cause = core_.create(p->storage, deadline, [this] { return !closed(); })) {
            put_place(*p);
            return std::unexpected{core_.not_created(std::move(cause))};
        }
        if constexpr (detail::measures<typename Traits::metrics>)
            event.waited = clock::now() - start;
        if constexpr (traces_leases)
            event.at = clock::now();
        permit.ended_well(p->probe);
        lent_.fetch_add(1, std::memory_order_relaxed);
        calls::acquired(core_.states, p->states, p->lease, event);
        return p;
    }

    [[nodiscard]] static resource_type& get(token taken) noexcept { return taken->resource(); }

    void give_back(token taken) noexcept
    {
        calls::released(core_.states, taken->states, taken->lease);
        core_.ended(taken->resource(), taken->probe);
        lent_.fetch_sub(1, std::memory_order_relaxed);
        core_.destroy(taken->resource(), retirement::transient);
        put_place(*taken);
    }
    void discard(token taken) noexcept { give_back(taken); }

    /// A holder says how he found the resource; there only if the health policy listens.
    void hear(token taken, bool good) noexcept
        requires detail::hears_holders<typename Traits::health>
    {
        core_.heard(good, taken->probe);
    }

    /// Tells the health policy the time, and reports what is out for too long; there is nothing else to maintain.
    static constexpr bool needs_housekeeping = lives_on_ticks && Traits::locking::waits;
    void maintain(time_point now) noexcept
        requires lives_on_ticks
    {
        core_.tell_time(tick_, now);
        if constexpr (traces_leases)
            for_each_place([&](place& p) { detail::report_if_leaked(core_, p.states.ownership, tick_.now()); });
    }
    [[nodiscard]] static constexpr duration precision() noexcept
        requires lives_on_ticks
    {
        return detail::precision_with<typename Traits::health>(std::chrono::seconds{1});
    }

    /// Creates a resource, validates it and destroys it, without counting a lease.
    [[nodiscard]] bool validate()
    {
        place* const p = take_place();
        if (p == nullptr)
            return false;
        const bool made = core_.create(p->storage, time_point::max(), [this] { return !closed(); }) == nullptr;
        const bool good = made && core_.valid(p->resource());
        if (made)
            core_.destroy(p->resource(), retirement::transient);
        put_place(*p);
        return good;
    }

    /// Nothing is lent any more; what is out goes when it comes back.
    void close() noexcept
    {
        const std::lock_guard lock{mutex_};
        closed_ = true;
    }

    [[nodiscard]] bool closed() const noexcept { return closed_.load(); }
    /// `close` follows.
    void refuse() noexcept { close(); }

    /// Refuses newcomers; nobody waits.
    void drain() noexcept { close(); }

    [[nodiscard]] std::size_t count_unfinished() noexcept { return in_use(); }
    [[nodiscard]] std::size_t count_leases() noexcept { return in_use(); }

    /// Says what is not closed yet.
    void report(cleanup_report& out, std::string_view name)
    {
        if (const std::size_t n = in_use(); n != 0)
            out.still_lent.push_back({std::string{name}, n, owners()});
    }

    /// Opens it again once it is closed, with another adapter; as for `slot_pool`.
    void reopen(settings&& s)
    {
        typename core::replacement adapter{core_};
        adapter.await_end(closed(), [this] { return in_use(); }, patience);
        adapter.make(std::move(s));
        const std::lock_guard lock{mutex_};
        closed_ = false;
    }

    void shut_down() noexcept
    {
        close();
        detail::await_leases(
            core_.name, [this] { return in_use(); }, [this] { return detail::words_of_holders(*this); }, patience,
            [this](std::string_view words) { calls::leaked(core_.name, words); });
    }

    [[nodiscard]] resource_status status()
    {
        resource_status out;
        out.active = out.size = active();
        out.owners = owners();
        out.diagnosis = diagnose();
        out.health = out.diagnosis.health;
        if constexpr (detail::counts<Traits>)
            out.totals = metrics();
        out.state = detail::state_of(out, closed(), false);
        return out;
    }

    [[nodiscard]] metrics_snapshot metrics()
        requires detail::counts<Traits>
    {
        metrics_snapshot out;
        calls::report(core_.states, out);
        core_.report_numbers(out);
        for_each_place([&](const place& p) { calls::report(p.states, out); });
        out.active = out.size = active();
        detail::derive_releases(out);
        return out;
    }

    [[nodiscard]] std::vector<std::string> owners()
    {
        std::vector<std::string> names;
        if constexpr (detail::knows_holders<typename Traits::ownership>)
            for_each_place([&](const place& p) {
                if (const owner_id id = Traits::ownership::holder(p.states.ownership))
                    names.push_back(to_string(id));
            });
        return names;
    }

    /// The leases that are out, anonymous ones too; there only if the ownership policy traces them.
    [[nodiscard]] std::vector<lease_trace> traces()
        requires traces_leases
    {
        std::vector<lease_trace> out;
        for_each_place([&](const place& p) {
            if (const auto seen = ownership_policy::trace(p.states.ownership))
                out.push_back(*seen);
        });
        return out;
    }

    [[nodiscard]] resource_health health() { return core_.verdict().health; }
    [[nodiscard]] health_report diagnose() { return detail::as_report(core_.verdict()); }
    /// @}

private:
    static constexpr duration patience = std::chrono::seconds{30}; ///< with creating, and with leases at the end

    [[nodiscard]] std::size_t active() const noexcept { return lent_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t in_use() noexcept
    {
        const std::lock_guard lock{mutex_};
        return core_.abandoned() ? 0 : in_use_;
    }

    // Without the lock: `f` may call back into the pool. Places are only ever added, before the first.
    template <class F>
    void for_each_place(F f)
    {
        for (place* p = first_place(); p != nullptr; p = p->next_place)
            f(*p);
    }
    [[nodiscard]] place* first_place() noexcept
    {
        const std::lock_guard lock{mutex_};
        return all_;
    }

    [[nodiscard]] place* take_place()
    {
        const std::lock_guard lock{mutex_};
        if (closed_)
            return nullptr;
        if (free_ == nullptr) {
            place* const fresh = ::new (memory_.allocate()) place;
            fresh->next_place = std::exchange(all_, fresh);
            free_ = fresh;
        }
        ++in_use_;
        return std::exchange(free_, free_->next_free);
    }

    void put_place(place& p) noexcept
    {
        const std::lock_guard lock{mutex_};
        p.next_free = std::exchange(free_, &p);
        --in_use_;
    }

    // In a child process: all of this is the parent's.
    void abandon() noexcept
    {
        core_.abandon();
        detail::forget(mutex_);
        closed_ = true;
    }

    core core_;
    detail::pool_tick tick_;
    [[no_unique_address]] mutex_type mutex_;
    detail::block_arena<place> memory_;
    place* all_ = nullptr;
    place* free_ = nullptr;
    std::size_t in_use_ = 0;           ///< places
    std::atomic<std::size_t> lent_{0}; ///< those of them that a lease has
    std::atomic<bool> closed_{false};
    detail::fork_watch forks_{[](void* self) noexcept { static_cast<transient_pool*>(self)->abandon(); }, this};
};

} // namespace steward::inline v0
