// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/crew.hpp>
#include <steward/detail/fork_watch.hpp>
#include <steward/detail/random_share.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/pool/remembered_cause.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/pool/slot_exchange.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::inline v0::detail {

/// Looks after the resource in a slot of a pool: creates, validates, retires it, keeps it within the limits.
///
/// Each function that takes a slot wants one that the caller has claimed. No lock is held while the adapter works.
template <class Traits>
class slot_keeper {
    using core_type = resource_core<Traits>;
    using health = typename Traits::health;
    using state = slot_state;

public:
    using exchange = slot_exchange<shape_of<Traits>>;
    using slot_type = typename exchange::slot_type; ///< as the exchange sees it
    using resource_type = typename core_type::resource_type;

    static constexpr pool_limits standard_limits{.min_size = Traits::pooling::min_size,
                                                 .max_size = Traits::pooling::capacity};

    slot_keeper(std::string_view name, typename Traits::adapter::settings&& settings, const pool_options& options)
        : core{name, std::move(settings)}, limits_{standard_limits}
    {
        make_slots();
        limits_.apply(options);
        limit_creating();
        if (limits_.max_size < exchange::capacity) {
            slots.set_usable(limits_.max_size);
            slots.review_leaving();
        }
    }

    ~slot_keeper()
    {
        for (slot_type& s : slots)
            std::destroy_at(&whole(s));
    }
    slot_keeper(const slot_keeper&) = delete;
    slot_keeper& operator=(const slot_keeper&) = delete;

    /// The slot behind what the exchange sees of it.
    [[nodiscard]] static slot<Traits>& whole(slot_type& s) noexcept { return static_cast<slot<Traits>&>(s); }

    [[nodiscard]] static owner_id holder_of(slot_type& s) noexcept
        requires knows_holders<typename Traits::ownership>
    {
        return Traits::ownership::holder(whole(s).states.ownership);
    }

    /// Makes a resource in a slot that has none, which is in service then; null, or why not.
    [[nodiscard]] std::exception_ptr create_in(slot_type& s, time_point deadline)
    {
        void* place = nullptr;
        const std::uint32_t made = generation_.load();
        try {
            place = whole(s).storage.allocate(arena_);
        } catch (...) { // no memory
            std::exception_ptr cause = std::current_exception();
            core_type::calls::create_failed(core.states, core.name, cause);
            return cause;
        }
        if (std::exception_ptr cause = core.create(place, deadline, [this] { return !slots.closed(); })) {
            whole(s).storage.deallocate(arena_);
            if (is_a<no_longer_wanted>(cause))
                return cause;
            last_cause.set(cause);
            slots.creating_failed();
            if (is_permanent(cause) || (!core_type::calls::admits_all(core.states) && live() == 0))
                slots.fail_all(); // there is nothing to wait for
            return cause;
        }
        last_cause.clear();
        s.was_rested = false;
        // Either this sees a new generation, or whoever condemns the old one finds the end stored, and overwrites it.
        s.retire_at.store(end_of_life());
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (generation_.load() != made) {
            s.retire_at.store(time_point::min());
            slots.review_leaving();
        }
        slots.created(s);
        return nullptr;
    }

    /// Destroys the resource of a slot; true if the caller may create another there, else the slot is given back.
    [[nodiscard]] bool replaceable(slot_type& s, retirement why) noexcept
    {
        destroy_in(s, why);
        return slots.emptied(s);
    }

    /// Destroys the resource of a slot and frees the slot.
    [[gnu::noinline, gnu::cold]] void retire(slot_type& s, retirement why) noexcept
    {
        destroy_in(s, why);
        slots.vacate(s);
    }
    [[gnu::noinline, gnu::cold]] void retire(slot_type& s) noexcept { retire(s, why_it_leaves(s)); }

    /// Why the resource of a slot may not be lent again, if it may not.
    [[nodiscard]] retirement why_it_leaves(const slot_type& s) noexcept
    {
        if (slots.closed())
            return retirement::closed;
        if (!slots.is_over(s))
            return retirement::shrunk;
        return s.retire_at.load() == time_point::min() ? retirement::refreshed : retirement::expired;
    }

    /// `retire`, for those who do not know the resources.
    [[nodiscard]] retirer<slot_type> as_retirer() noexcept
    {
        return {this, [](void* self, slot_type& s) noexcept { static_cast<slot_keeper*>(self)->retire(s); }};
    }

    /// Gives a slot with a good resource back.
    [[gnu::always_inline]] void put_back(slot_type& s) noexcept
    {
        if (!slots.give_back(s))
            retire(s);
    }

    /// Whether the resource of a slot may be lent without trying it.
    [[nodiscard]] bool trusted(const slot_type& s) noexcept
    {
        return !wants_validation(s.was_rested ? slots.tick() - s.last_use.load() : duration::zero());
    }

    [[nodiscard]] bool wants_validation([[maybe_unused]] duration idle) const noexcept
    {
        if constexpr (validates_on_borrow<health>)
            return health::wants_validation(core.states.health, idle);
        else
            return false;
    }

    /// Tries the resource of a slot.
    [[nodiscard]] bool good(slot_type& s) noexcept
    {
        slots.publish(s, state::service);
        return core.valid(whole(s).resource());
    }

    /// How many resources somebody finds dead before all of that age are taken for dead.
    static constexpr int enough_dead = 2;

    /// Which resources are condemned together: those that were made in one generation.
    [[nodiscard]] std::uint32_t generation() const noexcept { return generation_.load(std::memory_order_relaxed); }

    /// All that were made in that generation leave: some of them were found dead one after another, and nobody shall
    /// find out about the others, one by one.
    void condemn(std::uint32_t made) noexcept
    {
        if (generation_.compare_exchange_strong(made, made + 1))
            condemn_old_ones();
    }

    /// All that there are now leave, whoever else condemns them at the same time.
    void condemn_all() noexcept
    {
        generation_.fetch_add(1);
        condemn_old_ones();
    }

    /// Changes the options that are named; `configuration_error` if they cannot work. The caller sweeps then.
    void resize(const pool_options& options)
    {
        std::vector<configuration_problem> problems;
        configuration_check check{core.name, problems};
        const std::lock_guard lock{limits_mutex_}; // two callers who name different members change both
        pool_limits changed = limits_;
        changed.apply(options);
        changed.check(exchange::capacity, check);
        if (!problems.empty())
            throw configuration_error{std::move(problems)};
        limits_ = changed;
        limit_creating();
        slots.set_usable(changed.max_size);
    }

    [[nodiscard]] pool_limits limits() const
    {
        const std::lock_guard lock{limits_mutex_};
        return limits_;
    }

    /// In a child process: all of this is the parent's.
    void abandon() noexcept
    {
        core.abandon();
        slots.abandon();
        forget(limits_mutex_);
        forget(last_cause);
        waiting_owner::abandon();
    }

    /// Live resources, lent or not.
    [[nodiscard]] std::size_t live() noexcept { return slots.count().live; }

    /// What the adapter threw when it should destroy, since this was asked last.
    [[nodiscard]] std::vector<std::string> take_destroy_failures() noexcept
    {
        const std::lock_guard lock{limits_mutex_};
        return std::exchange(destroy_failures_, {});
    }

private:
    // After the generation was changed.
    void condemn_old_ones() noexcept
    {
        std::atomic_thread_fence(std::memory_order_seq_cst); // pairs with the one in create_in
        slots.condemn();
    }

    void destroy_in(slot_type& s, retirement why) noexcept
    {
        slots.publish(s, state::service);
        if (core.abandoned())
            return; // nor is its storage touched
        if (const std::exception_ptr failure = core.destroy(whole(s).resource(), why))
            remember(failure);
        whole(s).storage.deallocate(arena_);
    }

    void remember(const std::exception_ptr& failure) noexcept
    {
        try {
            std::string words = describe(failure);
            const std::lock_guard lock{limits_mutex_};
            if (destroy_failures_.size() < exchange::capacity) // the first ones say enough
                destroy_failures_.push_back(std::move(words));
        } catch (...) { // no memory: the hooks were told
        }
    }

    // Where the health policy admits probes it wants to see how they end before others follow.
    void limit_creating() noexcept
    {
        const bool gently = limits_.max_creating < exchange::capacity || admits<health>;
        crew::task apart = nullptr;
        if (Traits::locking::waits && limits_.create_in_background)
            apart = [](void* self, void* slot) noexcept {
                static_cast<slot_keeper*>(self)->helpers.start(&create_apart, self, slot);
            };
        slots.limit_creating(limits_.max_creating, gently, apart, this);
    }

    // Whoever waits longest gets the resource, or learns that it could not be created.
    static void create_apart(void* self, void* slot) noexcept
    {
        slot_keeper& keeper = *static_cast<slot_keeper*>(self);
        slot_type& s = *static_cast<slot_type*>(slot);
        if (keeper.create_in(s, time_point::max()) == nullptr) {
            if (!keeper.slots.give_new(s))
                keeper.retire(s);
            return;
        }
        if (core_type::calls::admits_all(keeper.core.states))
            keeper.slots.fail_oldest();
        else
            keeper.slots.fail_all(); // for whoever stayed another would be tried
        keeper.slots.vacate(s);
    }

    void make_slots()
    {
        std::size_t made = 0;
        try {
            for (; made != exchange::capacity; ++made)
                ::new (slots.place(made)) slot<Traits>;
        } catch (...) { // a policy's state
            while (made-- != 0)
                std::destroy_at(&whole(slots[made]));
            throw;
        }
    }

    // Each resource lives for max_lifetime less its own random share of up to a tenth, drawn here and only here, so
    // that a pool that was filled at once is not emptied at once.
    [[nodiscard]] time_point end_of_life() const noexcept
    {
        const duration lifetime = limits().max_lifetime;
        if (lifetime == duration::zero())
            return time_point::max();
        const auto lived = std::chrono::duration_cast<duration>(lifetime * (1.0 - random_share() / 10));
        return later(slots.tick(), lived);
    }

public:
    core_type core;
    exchange slots;
    remembered_cause<typename Traits::locking::mutex_type> last_cause;                       ///< of a failure to create
    [[no_unique_address]] std::conditional_t<Traits::locking::waits, crew, no_crew> helpers; ///< they end first

private:
    fork_watch forks_{[](void* self) noexcept { static_cast<slot_keeper*>(self)->abandon(); }, this};
    [[no_unique_address]] typename Traits::pooling::template arena_type<resource_type> arena_;
    [[no_unique_address]] mutable typename Traits::locking::mutex_type limits_mutex_;
    pool_limits limits_;
    std::vector<std::string> destroy_failures_;
    std::atomic<std::uint32_t> generation_{0}; ///< of what is made now
};

} // namespace steward::inline v0::detail
