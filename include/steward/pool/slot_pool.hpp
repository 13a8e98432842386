// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/cleanup_report.hpp>
#include <steward/pool/admitted.hpp>
#include <steward/pool/attempt.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/slot_housekeeping.hpp>
#include <steward/pool/unwinding.hpp>
#include <steward/resource_status.hpp>

#include <cstddef>
#include <exception>
#include <expected>
#include <memory>
#include <source_location>
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

    /// A manager of such a pool needs a thread that tells it the time.
    static constexpr bool needs_housekeeping = Traits::locking::waits;

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
            return std::unexpected{keeper_.core.fail(errc::configuration, "expected a time-out of zero or more")};
        detail::admitted permit{keeper_.core};
        if (!permit)
            return std::unexpected{not_admitted()};
        attempt caller{.who = who, .limit = limit, .probes = permit.probes()};
        auto taken = take(caller);
        if (!taken)
            return std::unexpected{std::move(taken).error()};
        permit.ended_well();
        slot& s = **taken;
        keeper_.slots.lend(s);
        acquired_event event{.owner = who.owner, .slow = true, .where = who.where};
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
        keeper_.retire(s, retirement::discarded);
    }

    /// A holder says how he found the resource; there only if the health policy listens.
    void hear(token, bool good) noexcept
        requires detail::hears_holders<typename Traits::health>
    {
        calls::reported(keeper_.core.states, keeper_.core.name, good);
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
        const detail::slot_counts now = keeper_.slots.count();
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
        typename core::replacement adapter{keeper_.core};
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
        detail::await_leases(
            keeper_.core.name, [this] { return keeper_.slots.in_use(); }, [this] { return words_of_holders(); },
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

    /// The leases that are out, anonymous ones too; there only if the ownership policy traces them.
    [[nodiscard]] std::vector<lease_trace> traces()
        requires detail::traces_leases<typename Traits::ownership>
    {
        return house_.traces();
    }

    [[nodiscard]] resource_health health() { return keeper_.core.verdict().health; }
    /// The same with reason and time, and with the adapter's words where it could not create.
    [[nodiscard]] health_report diagnose() { return keeper_.core.diagnose(keeper_.last_cause); }

private:
    using returns = detail::unwinding_of<Traits>;

    [[gnu::noinline]] void give_back_with_care(slot& s, bool unwinding) noexcept
    {
        if (unwinding && returns::discards)
            return keeper_.retire(s, retirement::unwound);
        keeper_.slots.publish(s, state::service);
        if (const auto why = keeper_.core.spoilt(keeper::whole(s).resource(), unwinding))
            return keeper_.retire(s, *why);
        keeper_.put_back(s);
    }

    [[gnu::always_inline]] void record_acquired(slot& s, acquired_event event) noexcept
    {
        if constexpr (detail::traces_leases<typename Traits::ownership>)
            event.at = keeper_.slots.tick();
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

    [[nodiscard]] std::vector<std::string> words_of_holders()
    {
        if constexpr (detail::traces_leases<typename Traits::ownership>) {
            std::vector<std::string> words;
            for (const lease_trace& each : traces())
                words.push_back(to_string(each));
            return words;
        } else {
            return owners();
        }
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
        const detail::waiting_owner waiting{detail::knows_holders<typename Traits::ownership> ? caller.who.owner
                                                                                              : owner_id{}};
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
        if constexpr (detail::knows_holders<typename Traits::ownership>) {
            detail::seen_holders holders{caller.who.owner};
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
        keeper_.last_cause.append_to(details);
        return keeper_.core.fail(errc::timed_out, details);
    }

    [[nodiscard]] static owner_id holder_of(slot& s) noexcept
        requires detail::knows_holders<typename Traits::ownership>
    {
        return Traits::ownership::holder(keeper::whole(s).states.ownership);
    }

    keeper keeper_;
    detail::slot_housekeeping<Traits> house_{keeper_};
};

} // namespace steward
