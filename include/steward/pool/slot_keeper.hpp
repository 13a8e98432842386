// SPDX-License-Identifier: BSL-1.0
#pragma once

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
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::detail {

/// Looks after the resources in the slots of a pool: creates, validates, retires, keeps within the limits.
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

    /// Makes a resource in a slot that has none; null, or why not.
    [[nodiscard]] std::exception_ptr create_in(slot_type& s)
    {
        void* place = nullptr;
        time_point end{};
        const std::uint32_t made = generation_.load();
        try {
            end = end_of_life(); // before there is a resource: it may throw
            place = whole(s).storage.allocate(arena_);
        } catch (...) {
            return std::current_exception();
        }
        if (std::exception_ptr cause = core.create(place)) {
            whole(s).storage.deallocate(arena_);
            last_cause_.set(cause);
            return cause;
        }
        last_cause_.clear();
        s.was_rested = false;
        // Either this sees a new generation, or whoever condemns the old one finds the end stored, and overwrites it.
        slots.record(s).retire_at.store(end);
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (generation_.load() != made) {
            slots.record(s).retire_at.store(time_point::min());
            slots.review_leaving();
        }
        return nullptr;
    }

    /// Destroys the resource of a slot and keeps the slot, to create in.
    void empty_out(slot_type& s) noexcept
    {
        destroy_in(s);
        slots.emptied(s);
    }

    /// Destroys the resource of a slot and frees the slot.
    [[gnu::noinline, gnu::cold]] void retire(slot_type& s) noexcept
    {
        destroy_in(s);
        slots.vacate(s);
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
        return !wants_validation(s.was_rested ? slots.tick() - slots.record(s).rested_since : duration::zero());
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

    /// Which resources are condemned together: those that were made in one generation.
    [[nodiscard]] std::uint32_t generation() const noexcept { return generation_.load(std::memory_order_relaxed); }

    /// All that were made in that generation leave: some of them were found dead one after another, and nobody shall
    /// find out about the others, one by one.
    void condemn(std::uint32_t made) noexcept
    {
        if (!generation_.compare_exchange_strong(made, made + 1))
            return;
        std::atomic_thread_fence(std::memory_order_seq_cst); // pairs with the one in create_in
        slots.condemn();
    }

    /// Destroys what is free and must leave. What is lent leaves when it comes back.
    void sweep() noexcept
    {
        // The last first: those beyond a smaller size go before others have to make room for them.
        for (std::size_t i = exchange::capacity; i-- != 0;) {
            slot_type& s = slots[i];
            if (!slots.must_go(s))
                continue;
            if (slots.claim(s, state::idle, state::service) || slots.claim(s, state::rested, state::service)
                || slots.claim(s, state::parked, state::service))
                retire(s);
            else
                slots.withdraw_empty(s);
        }
    }

    /// Ends a suspension: what is parked rested meanwhile, unless its time is over.
    void resume() noexcept
    {
        if (!slots.end_suspension())
            return;
        for (slot_type& s : slots)
            if (slots.claim(s, state::parked, state::service) && !slots.rest(s))
                retire(s);
        slots.reopen(); // at last: while one is idle nothing is created
    }

    void close() noexcept
    {
        slots.close();
        sweep();
    }

    /// Changes the options that are named; `configuration_error` if they cannot work.
    void resize(const pool_options& options)
    {
        std::vector<configuration_problem> problems;
        configuration_check check{core.name, problems};
        {
            const std::lock_guard lock{limits_mutex_}; // two callers who name different members change both
            pool_limits changed = limits_;
            changed.apply(options);
            changed.check(exchange::capacity, check);
            if (!problems.empty())
                throw configuration_error{std::move(problems)};
            limits_ = changed;
            slots.set_usable(changed.max_size);
        }
        sweep();
        slots.review_leaving();
    }

    /// Sets the pool's time, retires what is too old or has rested too long, fills up to min_size.
    void maintain(time_point now)
    {
        const time_point before = slots.advance(now);
        slots.review_leaving(); // what is lent and too old leaves from now on, however long the rest of this takes
        const pool_limits current = limits();
        std::size_t size = live();
        for (slot_type& s : slots) {
            // What is idle was used since the housekeeper looked last, that is, in that tick.
            if (slots.claim(s, state::idle, state::service))
                slots.record(s).rested_since = before;
            else if (!slots.claim(s, state::rested, state::service))
                continue;
            const bool tired = current.idle_timeout != duration::zero() && size > current.min_size
                               && slots.tick() - slots.record(s).rested_since >= current.idle_timeout;
            if (tired || !slots.rest(s)) {
                retire(s);
                --size;
            }
        }
        slots.review_leaving();
        fill(current.min_size);
    }

    [[nodiscard]] pool_limits limits() const
    {
        const std::lock_guard lock{limits_mutex_};
        return limits_;
    }

    /// Live resources, lent or not.
    [[nodiscard]] std::size_t live() noexcept { return slots.count().live; }

    /// Names the adapter's last failure to create, if creating has not succeeded since.
    void append_last_cause(std::string& details) { last_cause_.append_to(details); }

private:
    void destroy_in(slot_type& s) noexcept
    {
        slots.publish(s, state::service);
        core.destroy(whole(s).resource());
        whole(s).storage.deallocate(arena_);
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
    [[nodiscard]] time_point end_of_life() const
    {
        const duration lifetime = limits().max_lifetime;
        if (lifetime == duration::zero())
            return time_point::max();
        thread_local std::minstd_rand random{std::random_device{}()};
        const double share = std::uniform_real_distribution{0.9, 1.0}(random);
        const auto lived = std::chrono::duration_cast<duration>(lifetime * share);
        return lived < time_point::max() - slots.tick() ? slots.tick() + lived : time_point::max();
    }

    // A resource that cannot be created now is tried again at the next call.
    void fill(std::size_t wanted)
    {
        while (live() < wanted && !slots.closed()) {
            slot_type* const s = slots.claim_empty();
            if (s == nullptr)
                return;
            if (create_in(*s) != nullptr) {
                slots.vacate(*s);
                return;
            }
            put_back(*s);
        }
    }

public:
    core_type core;
    exchange slots;

private:
    [[no_unique_address]] typename Traits::pooling::template arena_type<resource_type> arena_;
    [[no_unique_address]] mutable typename Traits::locking::mutex_type limits_mutex_;
    pool_limits limits_;
    std::atomic<std::uint32_t> generation_{0}; ///< of what is made now
    remembered_cause<typename Traits::locking::mutex_type> last_cause_;
};

} // namespace steward::detail
