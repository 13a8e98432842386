// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/admitted.hpp>
#include <steward/pool/attempt.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/slot_keeper.hpp>
#include <steward/pool/unwinding.hpp>

#include <cstdint>
#include <exception>
#include <expected>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::detail {

/// Lends the resources of a pool: the way of one acquisition, from the claim of a slot to its return.
template <class Traits>
class slot_lender {
    using returns = unwinding_of<Traits>;

protected:
    using keeper = slot_keeper<Traits>;
    using core = resource_core<Traits>;
    using calls = typename core::calls;
    using slot = typename keeper::slot_type; // its head; `whole` has the rest
    using state = slot_state;

    slot_lender(std::string_view name, typename Traits::adapter::settings&& s, const pool_options& o)
        : keeper_{name, std::move(s), o}
    {
    }
    ~slot_lender() = default;

public:
    /// The right to one slot, as an owner keeps it beside the pool; null holds nothing.
    using token = slot*;

    slot_lender(const slot_lender&) = delete;
    slot_lender& operator=(const slot_lender&) = delete;

    /// The fast path: a slot that needs nothing but to be claimed. Null if there is none.
    [[nodiscard, gnu::always_inline]] token acquire_at_once(owner_id owner, std::source_location where) noexcept
    {
        if (keeper_.wants_validation(duration::zero()) || !calls::admits_all(keeper_.core.states))
            return nullptr;
        slot* const s = keeper_.slots.claim_fast();
        if (s != nullptr) [[likely]]
            record_acquired(*s, acquired_event{.owner = owner, .where = where});
        return s;
    }

    /// Everything else: looks for another slot, waits, validates, creates.
    [[nodiscard, gnu::noinline]] std::expected<token, resource_error> acquire(const caller& who,
                                                                              const wait_limit& limit)
    {
        if (limit.negative())
            return std::unexpected{keeper_.core.refuse(limit)};
        admitted permit{keeper_.core};
        if (!permit)
            return std::unexpected{not_admitted()};
        attempt caller{.who = who, .limit = limit, .probes = permit.probes()};
        auto taken = take(caller);
        if (!taken)
            return std::unexpected{std::move(taken).error()};
        slot& s = **taken;
        permit.ended_well(keeper::whole(s).probe);
        keeper_.slots.lend(s);
        acquired_event event{.owner = who.owner, .slow = true, .where = who.where};
        if constexpr (measures<typename Traits::metrics>)
            if (caller.delayed)
                event.waited = clock::now() - caller.start;
        record_acquired(s, event);
        return &s;
    }

    /// The way back: metrics, ownership, reset and validation, then the slot is free or goes to who waits.
    [[gnu::always_inline]] void give_back(token taken) noexcept
    {
        slot& s = *taken;
        record_released(s);
        const bool unwinding = returns::is_unwinding();
        if (core::returns_slowly || unwinding) [[unlikely]]
            return give_back_with_care(s, unwinding);
        keeper_.put_back(s);
    }

    /// Gives the slot back without its resource, which is destroyed.
    void discard(token taken) noexcept
    {
        slot& s = *taken;
        record_released(s);
        ended(s);
        keeper_.retire(s, retirement::discarded);
    }

    /// A holder says how he found the resource; there only if the health policy listens.
    void hear(token taken, bool good) noexcept
        requires hears_holders<typename Traits::health>
    {
        keeper_.core.heard(good, keeper::whole(*taken).probe);
    }

    /// Tries one resource, an idle or a new one, without counting a lease. Where all are lent there is none to try,
    /// which is true unless the pool is closed or suspended.
    [[nodiscard]] bool validate()
    {
        slot* s = keeper_.slots.claim_idle();
        if (s == nullptr) {
            s = keeper_.slots.claim_empty();
            if (s == nullptr)
                return keeper_.slots.open();
            if (keeper_.create_in(*s, time_point::max()) != nullptr) {
                keeper_.slots.vacate(*s);
                return false;
            }
        }
        if (!keeper_.good(*s)) {
            keeper_.retire(*s, retirement::invalid);
            return false;
        }
        keeper_.put_back(*s);
        return true;
    }

private:
    [[gnu::noinline]] void give_back_with_care(slot& s, bool unwinding) noexcept
    {
        ended(s);
        if (unwinding && returns::discards)
            return keeper_.retire(s, retirement::unwound);
        keeper_.slots.publish(s, state::service);
        if (const auto why = keeper_.core.spoilt(keeper::whole(s).resource(), unwinding))
            return keeper_.retire(s, *why);
        keeper_.put_back(s);
    }

    void ended(slot& s) noexcept
    {
        auto& whole = keeper::whole(s);
        keeper_.core.ended(whole.resource(), whole.probe);
    }

    [[gnu::always_inline]] void record_acquired(slot& s, acquired_event event) noexcept
    {
        if constexpr (traces_leases<typename Traits::ownership>)
            event.at = keeper_.slots.tick();
        auto& whole = keeper::whole(s);
        calls::acquired(keeper_.core.states, whole.states, whole.lease, event);
    }
    [[gnu::always_inline]] void record_released(slot& s) noexcept
    {
        auto& whole = keeper::whole(s);
        calls::released(keeper_.core.states, whole.states, whole.lease);
    }

    // A slot with a resource that may be lent. While one is idle nothing is created, and what replaces an invalid
    // resource takes its slot, so the limit holds.
    [[nodiscard]] std::expected<slot*, resource_error> take(attempt& caller)
    {
        const std::uint32_t generation = keeper_.generation();
        int dead = 0;
        for (;;) {
            const auto claimed = claim(caller);
            if (!claimed)
                return std::unexpected{refusal(claimed.error(), caller)};
            slot* s = *claimed;
            while (s != nullptr && s->cell.load() != state::creating) {
                const bool over = keeper_.slots.is_over(*s);
                if (!over && keeper_.trusted(*s))
                    return s;
                caller.begin();
                if (!over) {
                    if (keeper_.good(*s))
                        return s;
                    caller.delayed = true;
                    if (++dead == keeper::enough_dead)
                        keeper_.condemn(generation);
                }
                const bool mine = keeper_.replaceable(*s, over ? keeper_.why_it_leaves(*s) : retirement::invalid);
                if (caller.too_late(keeper_.limits().acquire_timeout)) {
                    if (mine)
                        keeper_.slots.vacate(*s);
                    return std::unexpected{no_time_to_replace(caller)};
                }
                if (!mine)
                    s = nullptr; // enough others create: whoever is ready first
                else if (dead < keeper::enough_dead)
                    if (slot* const other = keeper_.slots.claim_idle()) {
                        keeper_.slots.vacate(*s);
                        s = other;
                    }
            }
            if (s != nullptr)
                return create(*s, caller, dead != 0);
        }
    }

    // A slot with a resource, or one to create in.
    [[nodiscard]] std::expected<slot*, errc> claim(attempt& caller)
    {
        if (slot* const s = keeper_.slots.claim_fast()) {
            s->was_rested = false;
            return s;
        }
        if (!keeper_.slots.must_queue())
            if (slot* const s = keeper_.slots.claim_any())
                return s;
        caller.begin();
        caller.delayed = true;
        const waiting_owner waiting{knows_holders<typename Traits::ownership> ? caller.who.owner : owner_id{}};
        const pool_limits limits = keeper_.limits();
        return keeper_.slots.wait(caller.start, caller.limit, limits.acquire_timeout, limits.max_waiting,
                                  keeper_.as_retirer());
    }

    [[nodiscard]] std::expected<slot*, resource_error> create(slot& s, attempt& caller, bool replaces)
    {
        caller.begin();
        caller.delayed = true;
        if (!caller.probes && !calls::admits_all(keeper_.core.states)) { // any more: he was admitted before
            keeper_.slots.vacate(s);
            return std::unexpected{not_admitted()};
        }
        const time_point deadline = caller.limit.deadline_to_create(caller.start, keeper_.limits().acquire_timeout);
        std::exception_ptr cause = keeper_.create_in(s, deadline);
        if (cause == nullptr)
            return &s;
        keeper_.slots.vacate(s);
        return std::unexpected{
            keeper_.core.not_created(std::move(cause), replaces ? "in place of an invalid one" : "")};
    }

    [[nodiscard]] resource_error not_admitted()
    {
        return keeper_.core.not_admitted(keeper_.slots.refuses(), keeper_.last_cause);
    }

    // A time-out says all that may help: how long, who holds the slots, and what creating failed with.
    [[nodiscard]] resource_error refusal(errc code, const attempt& caller)
    {
        std::string details;
        if (code == errc::create_failed) { // somebody else's, and it concerns all
            keeper_.last_cause.append_to(details);
            return keeper_.core.fail(code, details);
        }
        if (code == errc::overloaded)
            return keeper_.core.fail(code, "as many as max_waiting allows wait already");
        if (code != errc::timed_out)
            return keeper_.core.fail(code);
        details = caller.waited();
        details.append(" for one of ").append(std::to_string(keeper_.slots.usable())).append(", all of them lent");
        if constexpr (knows_holders<typename Traits::ownership>) {
            seen_holders holders{caller.who.owner};
            keeper_.slots.for_each([&](slot& s, state now) { holders.add(keeper::holder_of(s), now == state::lent); });
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
        keeper_.last_cause.append_to(details);
        return keeper_.core.fail(errc::timed_out, details);
    }

protected:
    keeper keeper_;
};

} // namespace steward::inline v0::detail
