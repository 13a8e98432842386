// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/admitted.hpp>
#include <steward/pool/leaks.hpp>
#include <steward/pool/slot_keeper.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <vector>

namespace steward::inline v0::detail {

/// What happens to the resources of a pool that nobody holds: as time passes, when there may be fewer, and at the end.
///
/// It claims a slot like any client, so what is lent is never touched.
template <class Traits>
class slot_housekeeping {
    using keeper_type = slot_keeper<Traits>;
    using slot_type = typename keeper_type::slot_type;
    using calls = typename resource_core<Traits>::calls;
    using health = typename Traits::health;
    using ownership = typename Traits::ownership;
    using state = slot_state;

public:
    explicit slot_housekeeping(keeper_type& keeper) noexcept : keeper_{keeper}
    {
        calls::tick(keeper.core.states, keeper.slots.tick());
    }

    /// Sets the pool's time and does what is due.
    void maintain(time_point now)
    {
        tick(now);
        work();
    }

    /// The same, except that a thread of the pool's calls the adapter, which may take its time.
    void keep_house(time_point now) noexcept
    {
        tick(now);
        if (is_due() && !at_work_.exchange(true))
            keeper_.helpers.start(
                [](void* self, void*) noexcept {
                    auto& me = *static_cast<slot_housekeeping*>(self);
                    me.work();
                    me.at_work_.store(false);
                },
                this);
    }

    /// How far the pool's time may be behind.
    [[nodiscard]] duration precision() const noexcept { return precision_with<health>(keeper_.limits().precision()); }

    /// The leases that are out, by the order of the slots.
    [[nodiscard]] std::vector<lease_trace> traces()
        requires traces_leases<ownership>
    {
        std::vector<lease_trace> out;
        for (slot_type& s : keeper_.slots)
            if (const auto seen = ownership::trace(keeper_type::whole(s).states.ownership))
                out.push_back(*seen);
        return out;
    }

    /// Destroys what is free and must leave. What is lent leaves when it comes back.
    void sweep() noexcept
    {
        // The last first: those beyond a smaller size go before others have to make room for them.
        for (std::size_t i = keeper_type::exchange::capacity; i-- != 0;)
            sweep_one(keeper_.slots[i]);
    }

    /// Ends a suspension: what is parked rested meanwhile, unless its time is over.
    void resume() noexcept
    {
        if (!keeper_.slots.end_suspension())
            return;
        for (slot_type& s : keeper_.slots)
            if (keeper_.slots.claim(s, state::parked, state::service) && !keeper_.slots.rest(s))
                keeper_.retire(s);
        keeper_.slots.reopen(); // at last: while one is idle nothing is created
    }

    void close() noexcept
    {
        keeper_.slots.close();
        sweep();
    }

    /// Closes, and has many resources destroyed at once, each by a thread of its own. Does not wait for them.
    void close_at_once() noexcept
    {
        keeper_.slots.close();
        if constexpr (destroying_is_nothing) {
            sweep();
        } else {
            next_to_sweep_.store(0);
            const std::size_t threads = std::min(keeper_.live(), most_threads);
            for (std::size_t i = 0; i != threads; ++i)
                keeper_.helpers.start(
                    [](void* self, void*) noexcept { static_cast<slot_housekeeping*>(self)->sweep_some(); }, this);
        }
    }

private:
    static constexpr std::size_t most_threads = 64;
    static constexpr bool destroying_is_nothing =
        !destroys<typename Traits::adapter>
        && std::is_trivially_destructible_v<typename Traits::adapter::resource_type>;
    static constexpr bool can_validate = validates<typename Traits::adapter>;

    void tick(time_point now) noexcept
    {
        const time_point before = keeper_.slots.advance(now);
        calls::tick(keeper_.core.states, keeper_.slots.tick());
        keeper_.slots.review_leaving(); // what is lent and too old leaves from now on, however long the rest takes
        for (slot_type& s : keeper_.slots)
            keeper_.slots.let_rest(s, before);
        if constexpr (traces_leases<ownership>)
            for (slot_type& s : keeper_.slots)
                report_if_leaked(keeper_.core, keeper_type::whole(s).states.ownership, keeper_.slots.tick());
    }

    // What is to be done with something that rests.
    enum class task { none, retire, retire_unused, validate };

    // Of those that rest for long, min_size stay; they are validated as any other.
    [[nodiscard]] task task_for(const slot_type& s, const pool_limits& limits, time_point looked_at,
                                std::size_t size) noexcept
    {
        if (keeper_.slots.must_go(s))
            return task::retire;
        const duration rested = keeper_.slots.tick() - s.last_use.load();
        if (size > limits.min_size && limits.idle_timeout != duration::zero() && rested >= limits.idle_timeout)
            return task::retire_unused;
        if constexpr (can_validate) {
            const duration before = looked_at - s.last_use.load();
            if (crossed(before, rested, limits.keepalive)
                || (validates_when_idle<health> && crossed(before, rested, limits.validation_interval)))
                return task::validate;
        }
        return task::none;
    }

    // Whether a multiple of `interval` lies between the two.
    [[nodiscard]] static bool crossed(duration before, duration now, duration interval) noexcept
    {
        return interval != duration::zero() && now >= interval && before / interval < now / interval;
    }

    [[nodiscard]] bool is_due() noexcept
    {
        const pool_limits limits = keeper_.limits();
        const time_point looked_at = looked_at_.load();
        const std::size_t size = keeper_.live();
        for (slot_type& s : keeper_.slots)
            if (keeper_.slots.state_of(s) == state::rested && task_for(s, limits, looked_at, size) != task::none)
                return true;
        return size < limits.min_size && keeper_.slots.open();
    }

    void work() noexcept
    {
        const pool_limits limits = keeper_.limits();
        const time_point looked_at = looked_at_.load();
        looked_at_.store(keeper_.slots.tick());
        const std::uint32_t generation = keeper_.generation();
        int dead = 0;
        std::size_t size = keeper_.live();
        for (slot_type& s : keeper_.slots) {
            if (keeper_.slots.state_of(s) != state::rested || task_for(s, limits, looked_at, size) == task::none)
                continue;
            if (!keeper_.slots.claim(s, state::rested, state::service))
                continue;
            if (const auto why = over(s, task_for(s, limits, looked_at, size))) {
                if (*why == retirement::invalid && ++dead == keeper_type::enough_dead)
                    keeper_.condemn(generation); // the others are not tried one by one
                keeper_.retire(s, *why);
                --size;
            } else if (!keeper_.slots.rest(s)) {
                keeper_.retire(s);
                --size;
            }
        }
        keeper_.slots.review_leaving();
        fill(limits.min_size);
    }

    // Does what is to be done with a claimed slot; why its resource must go, if that is the end of it.
    [[nodiscard]] std::optional<retirement> over(slot_type& s, task what) noexcept
    {
        if (what == task::retire_unused)
            return retirement::unused;
        if (what == task::validate && !keeper_.good(s))
            return retirement::invalid;
        return std::nullopt;
    }

    // A resource that cannot be created now is tried again at the next call. The health policy is asked as by anyone.
    void fill(std::size_t wanted) noexcept
    {
        while (keeper_.live() < wanted && keeper_.slots.open()) {
            admitted permit{keeper_.core};
            if (!permit)
                return;
            slot_type* const s = keeper_.slots.claim_empty();
            if (s == nullptr)
                return;
            if (keeper_.create_in(*s, time_point::max()) != nullptr) {
                keeper_.slots.vacate(*s);
                return;
            }
            permit.ended_well();
            keeper_.put_back(*s);
        }
    }

    void sweep_one(slot_type& s) noexcept
    {
        if (!keeper_.slots.must_go(s))
            return;
        if (keeper_.slots.claim(s, state::idle, state::service) || keeper_.slots.claim(s, state::rested, state::service)
            || keeper_.slots.claim(s, state::parked, state::service))
            keeper_.retire(s);
        else
            keeper_.slots.withdraw_empty(s);
    }

    // One of several threads, each of which takes the next slot that none of them has looked at.
    void sweep_some() noexcept
    {
        for (;;) {
            const std::size_t i = next_to_sweep_.fetch_add(1);
            if (i >= keeper_type::exchange::capacity)
                return;
            sweep_one(keeper_.slots[i]);
        }
    }

    keeper_type& keeper_;
    atomic_time looked_at_{keeper_.slots.tick()}; ///< the tick in which `work` was done last
    std::atomic<bool> at_work_{false};
    std::atomic<std::size_t> next_to_sweep_{0};
};

} // namespace steward::inline v0::detail
