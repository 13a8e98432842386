// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/attempt.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/slot_keeper.hpp>
#include <steward/resource_status.hpp>

#include <cstddef>
#include <exception>
#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace steward {

/// A pool of a fixed number of slots, with waiting: what `pooling::bounded` and `pooling::arena` use, and what a
/// pooling policy of one's own can use. Such a policy has
/// - `capacity` and `min_size`, constants;
/// - `storage<T>`: where a slot keeps its resource (`allocate(arena)`, `deallocate(arena)`, `get()`);
/// - `arena_type<T>`: what the storages of one pool share;
/// - `pool<Traits>`: the pool itself, here `slot_pool<Traits>`.
///
/// Threads: everything may be called by any thread at any time, unless the locking policy is `none`.
template <class Traits>
class slot_pool {
    using keeper = detail::slot_keeper<Traits>;
    using slot = typename keeper::slot_type; // its head; `whole` has the rest
    using core = detail::resource_core<Traits>;
    using calls = typename core::calls;
    using state = slot_state;
    using attempt = detail::attempt;

public:
    using resource_type = typename core::resource_type;
    using settings = typename Traits::adapter::settings;
    using options = pool_options;
    using ownership_policy = typename Traits::ownership;

    /// The right to one slot, as an owner keeps it beside the pool; null holds nothing.
    using token = slot*;

    slot_pool(std::string_view name, settings&& s, const options& o) : keeper_{name, std::move(s), o} {}

    /// Waits for leases that are out, up to the acquire_timeout; then names their holders and terminates.
    ~slot_pool() { shut_down(); }
    slot_pool(const slot_pool&) = delete;
    slot_pool& operator=(const slot_pool&) = delete;

    static void check(const options& o, configuration_check& check)
    {
        pool_limits limits = keeper::standard_limits;
        limits.apply(o);
        limits.check(keeper::exchange::capacity, check);
    }

    /// The fast path: a slot that needs nothing but to be claimed. Null if there is none.
    [[nodiscard, gnu::always_inline]] token acquire_at_once(owner_id owner) noexcept
    {
        if (keeper_.wants_validation(duration::zero()))
            return nullptr;
        slot* const s = keeper_.slots.claim_fast();
        if (s != nullptr) [[likely]]
            record_acquired(*s, acquired_event{.owner = owner});
        return s;
    }

    /// Everything else: looks for another slot, waits, validates, creates.
    [[nodiscard, gnu::noinline]] std::expected<token, resource_error> acquire(owner_id owner, const wait_limit& limit)
    {
        if (limit.negative())
            return std::unexpected{keeper_.core.fail(errc::configuration, "expected a time-out of zero or more")};
        attempt caller{owner, limit};
        auto taken = take(caller);
        if (!taken)
            return std::unexpected{std::move(taken).error()};
        slot& s = **taken;
        keeper_.slots.publish(s, state::lent);
        acquired_event event{.owner = owner, .slow = true};
        if constexpr (detail::measures<typename Traits::metrics>)
            if (caller.delayed)
                event.waited = clock::now() - caller.start;
        record_acquired(s, event);
        return &s;
    }

    [[nodiscard]] static resource_type& get(token taken) noexcept { return keeper::whole(*taken).resource(); }

    /// The way back: metrics, ownership, reset and validation, then the slot is free or goes to who waits.
    [[gnu::always_inline]] void give_back(token taken) noexcept
    {
        slot& s = *taken;
        record_released(s);
        if constexpr (core::returns_slowly) {
            keeper_.slots.publish(s, state::service);
            if (!keeper_.core.reusable(keeper::whole(s).resource())) {
                keeper_.retire(s);
                return;
            }
        }
        keeper_.put_back(s);
    }

    /// Gives the slot back without its resource, which is destroyed.
    void discard(token taken) noexcept
    {
        slot& s = *taken;
        record_released(s);
        keeper_.retire(s);
    }

    /// Tries one resource, an idle or a new one, without counting a lease. Where all are lent there is none to try,
    /// which is true unless the pool is closed or suspended.
    [[nodiscard]] bool validate()
    {
        slot* const s = keeper_.slots.claim_any();
        if (s == nullptr)
            return keeper_.slots.open();
        const bool made = s->cell.load() == state::creating;
        if (made && keeper_.create_in(*s) != nullptr) {
            keeper_.slots.vacate(*s);
            return false;
        }
        keeper_.slots.publish(*s, state::service);
        if (!keeper_.core.valid(keeper::whole(*s).resource())) {
            keeper_.retire(*s);
            return false;
        }
        keeper_.put_back(*s);
        return true;
    }

    /// Changes the options that are named; `configuration_error` if they cannot work. Resources that are lent and
    /// are too many then are retired as they come back.
    void resize(const options& o) { keeper_.resize(o); }

    /// Sets the pool's time and does what is due. Never touches a resource that is lent.
    void maintain(time_point now) { keeper_.maintain(now); }

    /// Nobody gets a resource until `resume`; those who come wait, until their deadline at most. One that is on its way
    /// back in this moment may be lent once more.
    void suspend() noexcept { keeper_.slots.suspend(); }
    void resume() noexcept { keeper_.resume(); }

    /// Closes what is free now and the rest as it comes back; wakes all who wait. Closing twice is harmless. One that is
    /// on its way back in this moment may be lent once more; nothing is created any more.
    void close() noexcept { keeper_.close(); }

    /// Closes, and waits until nothing is out and the adapter is not at work on what came back.
    void shut_down() noexcept
    {
        close();
        detail::await_leases(
            keeper_.core.name, [this] { return keeper_.slots.in_use(); }, [this] { return owners(); },
            keeper_.limits().acquire_timeout);
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
        out.health = health();
        if constexpr (detail::measures<typename Traits::metrics>)
            out.totals = metrics();
        out.state = detail::state_of(out, keeper_.slots.closed(), keeper_.slots.suspended());
        return out;
    }

    [[nodiscard]] metrics_snapshot metrics()
        requires detail::measures<typename Traits::metrics>
    {
        metrics_snapshot out;
        calls::report(keeper_.core.states, out);
        keeper_.slots.for_each([&](slot& s, state) { calls::report(keeper::whole(s).states, out); });
        count(out);
        detail::derive_releases(out);
        return out;
    }

    /// Who holds a resource now, in the order of the slots; empty where the ownership policy does not know.
    [[nodiscard]] std::vector<std::string> owners()
    {
        std::vector<std::string> names;
        if constexpr (detail::knows_holders<typename Traits::ownership>)
            keeper_.slots.for_each([&](slot& s, state) {
                if (const owner_id id = holder_of(s))
                    names.push_back(to_string(id));
            });
        return names;
    }

    [[nodiscard]] resource_health health() { return keeper_.core.current_health(); }

private:
    [[gnu::always_inline]] void record_acquired(slot& s, const acquired_event& event) noexcept
    {
        auto& whole = keeper::whole(s);
        calls::acquired(keeper_.core.states, whole.states, whole.lease, event);
    }
    [[gnu::always_inline]] void record_released(slot& s) noexcept
    {
        auto& whole = keeper::whole(s);
        calls::released(keeper_.core.states, whole.states, whole.lease);
    }

    template <class Report>
    void count(Report& out)
    {
        const detail::slot_counts now = keeper_.slots.count();
        out.active = now.lent;
        out.available = now.available;
        out.size = now.live;
    }

    // How many resources in a row a caller finds dead before all of that age are taken for dead.
    static constexpr int enough_dead = 2;

    // A slot with a resource that may be lent. While one is idle nothing is created, and what replaces an invalid
    // resource takes its slot, so the limit holds.
    [[nodiscard]] std::expected<slot*, resource_error> take(attempt& caller)
    {
        slot* s = keeper_.slots.claim_fast();
        if (s != nullptr)
            s->was_rested = false;
        else
            s = keeper_.slots.claim_any();
        if (s == nullptr) {
            caller.begin();
            caller.delayed = true;
            const auto granted = wait(caller);
            if (!granted)
                return std::unexpected{refusal(granted.error(), caller)};
            s = *granted;
        }
        const std::uint32_t generation = keeper_.generation();
        int dead = 0;
        while (s->cell.load() != state::creating) {
            const bool over = keeper_.slots.is_over(*s);
            if (!over && keeper_.trusted(*s))
                return s;
            caller.begin();
            if (!over) {
                if (keeper_.good(*s))
                    return s;
                caller.delayed = true;
                if (++dead == enough_dead)
                    keeper_.condemn(generation);
            }
            keeper_.empty_out(*s);
            if (caller.too_late(keeper_.limits().acquire_timeout)) {
                keeper_.slots.vacate(*s);
                return std::unexpected{no_time_to_replace(caller)};
            }
            if (dead < enough_dead)
                if (slot* const other = keeper_.slots.claim_idle()) {
                    keeper_.slots.vacate(*s);
                    s = other;
                }
        }
        caller.delayed = true;
        if constexpr (detail::measures<typename Traits::metrics>)
            caller.begin();
        return create(*s, dead != 0);
    }

    [[nodiscard]] std::expected<slot*, resource_error> create(slot& s, bool replaces)
    {
        std::exception_ptr cause;
        if (!keeper_.slots.closed()) {
            cause = keeper_.create_in(s);
            if (cause == nullptr)
                return &s;
        }
        keeper_.slots.vacate(s);
        if (cause == nullptr)
            return std::unexpected{keeper_.core.fail(errc::closed)};
        return std::unexpected{
            keeper_.core.fail(errc::create_failed, replaces ? "in place of an invalid one" : "", std::move(cause))};
    }

    [[nodiscard]] auto wait(const attempt& caller)
    {
        const detail::waiting_owner waiting{detail::knows_holders<typename Traits::ownership> ? caller.owner
                                                                                              : owner_id{}};
        return keeper_.slots.wait(caller.start, caller.limit, keeper_.limits().acquire_timeout, keeper_.as_retirer());
    }

    // A time-out says all that may help: how long, who holds the slots, and what creating failed with.
    [[nodiscard]] resource_error refusal(errc code, const attempt& caller)
    {
        if (code != errc::timed_out)
            return keeper_.core.fail(code);
        std::string details = caller.waited();
        details.append(" for one of ").append(std::to_string(keeper_.slots.usable())).append(", all of them lent");
        if constexpr (detail::knows_holders<typename Traits::ownership>) {
            detail::seen_holders holders{caller.owner};
            keeper_.slots.for_each([&](slot& s, state now) { holders.add(holder_of(s), now == state::lent); });
            holders.append_to(details);
        }
        return timed_out(std::move(details));
    }

    [[nodiscard]] resource_error no_time_to_replace(const attempt& caller)
    {
        return timed_out(caller.waited().append("; what was free was invalid, and no time was left to replace it"));
    }

    [[nodiscard]] resource_error timed_out(std::string details)
    {
        keeper_.append_last_cause(details);
        return keeper_.core.fail(errc::timed_out, details);
    }

    [[nodiscard]] static owner_id holder_of(slot& s) noexcept
        requires detail::knows_holders<typename Traits::ownership>
    {
        return Traits::ownership::holder(keeper::whole(s).states.ownership);
    }

    keeper keeper_;
};

} // namespace steward
