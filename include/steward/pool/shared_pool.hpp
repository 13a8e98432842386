// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/cleanup_report.hpp>
#include <steward/detail/atomic_time.hpp>
#include <steward/detail/crew.hpp>
#include <steward/pool/admitted.hpp>
#include <steward/pool/holder_list.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/pool/shared_keeper.hpp>
#include <steward/resource_status.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <expected>
#include <optional>
#include <source_location>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// One resource with any number of holders: what `pooling::shared` uses.
///
/// It is created by the first who asks; others wait for that until their deadline. Nobody waits for a holder. A
/// resource that is discarded or closed is destroyed when its last holder has left. `reset` is never called: the
/// next holder may already be there.
/// Threads: as for `slot_pool`; the resource itself has to bear several holders.
template <class Traits>
class shared_pool {
    using keeper = detail::shared_keeper<Traits>;
    using core = detail::resource_core<Traits>;
    using calls = typename core::calls;
    using phase = detail::shared_phase;

    static constexpr bool looks_by_itself =
        detail::validates_when_idle<typename Traits::health> && detail::validates<typename Traits::adapter>;

    static constexpr bool looks_before_lending = detail::validates_on_borrow<typename Traits::health>;

public:
    /// What managers, leases and owners use of a pool; what a manager has by the same name is described there.
    /// @{
    using resource_type = typename core::resource_type;
    using settings = typename Traits::adapter::settings;
    using options = shared_options;
    using ownership_policy = typename Traits::ownership;
    /// So that it has no place in the order in which several are taken.
    static constexpr bool waits_for_holders = false;

    /// What a holder keeps beside the pool.
    using token = typename keeper::token;

    shared_pool(std::string_view name, settings&& s, const options& o) : keeper_{name, std::move(s)}
    {
        timeout_ = o.acquire_timeout.value_or(timeout_);
        validation_interval_ = o.validation_interval.value_or(validation_interval_);
        keeper_.core.tell_time(tick_, clock::now());
    }
    ~shared_pool() { shut_down(); }
    shared_pool(const shared_pool&) = delete;
    shared_pool& operator=(const shared_pool&) = delete;

    static void check(const options& o, configuration_check& check)
    {
        detail::check_time(o.acquire_timeout.value_or(duration::zero()), "acquire_timeout", check);
        detail::check_time(o.validation_interval.value_or(duration::zero()), "validation_interval", check);
    }

    [[nodiscard]] token acquire_at_once(owner_id owner, std::source_location where) noexcept
    {
        return !wants_validation() && calls::admits_all(keeper_.core.states)
                   ? keeper_.enter(acquired_event{.owner = owner, .where = where})
                   : token{};
    }

    [[nodiscard, gnu::noinline]] std::expected<token, resource_error> acquire(const caller& who,
                                                                              const wait_limit& limit)
    {
        const time_point start = clock::now();
        if (limit.negative())
            return std::unexpected{keeper_.core.refuse(limit)};
        detail::admitted permit{keeper_.core};
        if (!permit)
            return std::unexpected{keeper_.core.not_admitted(keeper_.closed(), keeper_.last_cause)};
        bool found_invalid = false;
        for (;;) {
            bool fresh = false;
            if (auto error = make_ready(start, limit, fresh, permit.probes())) {
                if (error->code == errc::timed_out && found_invalid)
                    error = refusal{errc::invalid, "others still hold it, so it cannot be replaced yet"};
                return std::unexpected{keeper_.core.fail(error->code, error->details, std::move(error->cause))};
            }
            if (!fresh && condemned_as_invalid()) {
                found_invalid = true;
                continue;
            }
            if (const token entered = keeper_.enter(
                    {.owner = who.owner, .waited = clock::now() - start, .slow = true, .where = who.where})) {
                permit.ended_well();
                return entered;
            }
        }
    }

    [[nodiscard]] resource_type& get(const token&) noexcept { return keeper_.resource(); }

    void give_back(token taken) noexcept { keeper_.leave(taken); }

    /// Gives back, and has the resource destroyed once its last holder has left.
    void discard(token taken) noexcept
    {
        keeper_.condemn(retirement::discarded);
        give_back(taken);
    }

    /// A holder says how he found the resource; there only if the health policy listens.
    void hear(const token&, bool good) noexcept
        requires detail::hears_holders<typename Traits::health>
    {
        calls::reported(keeper_.core.states, keeper_.core.name, good);
    }

    [[nodiscard]] bool validate()
    {
        bool fresh = false;
        if (make_ready(clock::now(), std::chrono::seconds{0}, fresh, true))
            return false;
        return keeper_.try_it(false) == keeper::verdict::good;
    }

    /// Tells the health policy the time, and validates the resource if that is due.
    static constexpr bool needs_housekeeping =
        Traits::locking::waits && (detail::needs_ticks<typename Traits::health> || looks_by_itself);
    void maintain(time_point now) noexcept
        requires(detail::needs_ticks<typename Traits::health> || looks_by_itself)
    {
        if (begins_look(keeper_.core.tell_time(tick_, now)))
            look();
    }
    /// The same for a thread that has other pools to look after: the adapter is called by a thread of the pool's own.
    void keep_house(time_point now) noexcept
        requires needs_housekeeping
    {
        if (begins_look(keeper_.core.tell_time(tick_, now)))
            helpers_.start([](void* self, void*) noexcept { static_cast<shared_pool*>(self)->look(); }, this);
    }
    [[nodiscard]] duration precision() const noexcept
        requires(detail::needs_ticks<typename Traits::health> || looks_by_itself)
    {
        duration wanted = std::chrono::seconds{1};
        if (looks_by_itself && validation_interval_ != duration::zero())
            wanted = std::min(wanted, validation_interval_ / 8);
        return detail::precision_with<typename Traits::health>(wanted);
    }

    /// The resource that there is now goes when its last holder has left; whoever comes later gets another one.
    void refresh() noexcept
    {
        keeper_.condemn(retirement::refreshed);
        keeper_.finish();
    }

    void suspend() noexcept { keeper_.set_gate(phase::suspended); }
    void resume() noexcept { keeper_.set_gate(phase::live); }

    /// Nobody enters any more, and all who wait learn it; `close` follows.
    void refuse() noexcept { keeper_.set_gate(phase::closed); }
    [[nodiscard]] bool closed() const noexcept { return keeper_.closed(); }

    void close() noexcept
    {
        keeper_.set_gate(phase::closed);
        keeper_.finish();
    }

    /// Refuses newcomers. Nobody waits for a holder, so that is closing: who waits for a create is refused as well.
    void drain() noexcept { close(); }

    /// The same, but does not wait for the adapter: see `count_unfinished`.
    void close_at_once() noexcept
    {
        keeper_.set_gate(phase::closed);
        helpers_.start([](void* self, void*) noexcept { static_cast<keeper*>(self)->finish(); }, &keeper_);
    }

    [[nodiscard]] std::size_t count_unfinished() noexcept { return keeper_.in_use() + (keeper_.exists() ? 1 : 0); }
    [[nodiscard]] std::size_t count_leases() noexcept { return keeper_.holders(); }

    /// Says what is not closed yet.
    void report(cleanup_report& out, std::string_view name)
    {
        if (const std::size_t n = keeper_.holders(); n != 0)
            out.still_lent.push_back({std::string{name}, n, owners()});
        else if (count_unfinished() != 0)
            out.still_closing.push_back({std::string{name}, 1});
        if (std::string what = keeper_.take_destroy_failure(); !what.empty())
            out.failed.push_back({std::string{name}, std::move(what)});
    }

    /// Opens it again once it is closed, with another adapter; as for `slot_pool`.
    void reopen(settings&& s)
    {
        typename core::replacement adapter{keeper_.core};
        adapter.await_end(keeper_.closed(), [this] { return count_unfinished(); }, timeout_);
        helpers_.wait();
        adapter.make(std::move(s));
        keeper_.reopen();
    }

    /// Closes, and waits until nobody holds it and the adapter is not at work on it.
    void shut_down() noexcept
    {
        close();
        helpers_.wait();
        detail::await_leases(
            keeper_.core.name, [this] { return keeper_.in_use(); }, [this] { return owners(); }, timeout_,
            [this](std::string_view words) { calls::leaked(keeper_.core.name, words); });
    }

    [[nodiscard]] resource_status status()
    {
        resource_status out;
        keeper_.count(out);
        out.capacity = 1;
        out.owners = owners();
        out.diagnosis = diagnose();
        out.health = out.diagnosis.health;
        if constexpr (detail::counts<Traits>)
            out.totals = metrics();
        const phase now = keeper_.now();
        out.state = detail::state_of(out, now == phase::closed, now == phase::suspended);
        return out;
    }

    [[nodiscard]] metrics_snapshot metrics()
        requires detail::counts<Traits>
    {
        metrics_snapshot out;
        calls::report(keeper_.core.states, out);
        keeper_.core.report_numbers(out);
        keeper_.for_each_states([&](const typename core::slot_states& s) { calls::report(s, out); });
        keeper_.count(out);
        detail::derive_releases(out);
        return out;
    }

    /// The owners that hold the resource; anonymous leases are only counted.
    [[nodiscard]] std::vector<std::string> owners()
    {
        if constexpr (detail::knows_holders<typename Traits::ownership>)
            if (!keeper_.core.abandoned())
                return holders_.names();
        return {};
    }

    [[nodiscard]] resource_health health() { return keeper_.core.verdict().health; }
    [[nodiscard]] health_report diagnose() { return keeper_.core.diagnose(keeper_.last_cause); }

    /// An owner's entry that shows in `owners()` while it holds the resource.
    using holder_node = detail::holder_node;
    void enlist(holder_node& node, owner_id owner) noexcept
        requires detail::knows_holders<typename Traits::ownership>
    {
        holders_.add(node, owner);
    }
    void delist(holder_node& node) noexcept
        requires detail::knows_holders<typename Traits::ownership>
    {
        if (!keeper_.core.abandoned()) // else the list has owners that are not in this process
            holders_.remove(node);
    }
    /// @}

private:
    // A failure that is not recorded yet.
    struct refusal {
        errc code;
        std::string details;
        std::exception_ptr cause = nullptr;
    };

    // Sees to it that there is a resource to enter, a fresh one perhaps, or says why there is none. `probes`: he may
    // create although the health policy admits nobody else.
    [[nodiscard]] std::optional<refusal> make_ready(time_point start, const wait_limit& limit, bool& fresh, bool probes)
    {
        if (!limit.stoppable())
            return make_ready_by(start, limit, fresh, probes);
        const auto wake = [this]() noexcept { keeper_.wake_all(); };
        const std::stop_callback registered{limit.stop(), wake};
        return make_ready_by(start, limit, fresh, probes);
    }

    [[nodiscard]] std::optional<refusal> make_ready_by(time_point start, const wait_limit& limit, bool& fresh,
                                                       bool probes)
    {
        const time_point deadline = limit.deadline(start, timeout_);
        const std::uint32_t failures = keeper_.permanent_failures();
        for (;;) {
            const std::uint32_t before = keeper_.changes();
            const phase now = keeper_.now();
            switch (now) {
            case phase::live: return std::nullopt;
            case phase::closed: return refusal{errc::closed, {}};
            case phase::absent:
                if (!probes && !calls::admits_all(keeper_.core.states)) // any more: he was admitted before
                    return refusal{errc::circuit_open, keeper_.core.why_not_admitted(keeper_.last_cause)};
                if (keeper_.permanent_failures() != failures) // while he waited
                    return with_last_cause(errc::create_failed, {});
                fresh = keeper_.begin_creating();
                if (fresh)
                    return create(limit.deadline_to_create(start, timeout_));
                continue;
            case phase::creating:
            case phase::condemned:
            case phase::leaving:
            case phase::suspended: break;
            }
            if (limit.stop_requested())
                return refusal{errc::cancelled, {}};
            if (!Traits::locking::waits || clock::now() >= deadline || deadline <= start)
                return late(now);
            keeper_.await_change(before, deadline);
        }
    }

    // Why there is nothing to enter yet, when there is no more time to wait.
    [[nodiscard]] refusal late(phase now)
    {
        switch (now) {
        case phase::suspended: return {errc::suspended, {}};
        case phase::creating: return with_last_cause(errc::timed_out, "another thread is still creating it");
        default: return with_last_cause(errc::timed_out, "its last holders have not left yet");
        }
    }
    [[nodiscard]] refusal with_last_cause(errc code, std::string details)
    {
        keeper_.last_cause.append_to(details);
        return {code, std::move(details)};
    }

    // Whether the health policy wants it to be looked at before it is lent. It is used all the time, so what it trusts is
    // what was made or found good lately. Another thread's look may be later than the tick that this one sees.
    [[nodiscard]] bool wants_validation() const noexcept
    {
        if constexpr (looks_before_lending) {
            const duration since = tick_.now() - found_good_at_.load();
            return Traits::health::wants_validation(keeper_.core.states.health, std::max(since, duration::zero()));
        }
        return false;
    }

    void is_good_since([[maybe_unused]] time_point now) noexcept
    {
        if constexpr (looks_before_lending)
            found_good_at_.store(now);
    }

    // Tries the resource, as far as the health policy wants to know. What is invalid is not lent again; it goes when
    // its last holder has left, which may be now.
    [[nodiscard]] bool condemned_as_invalid()
    {
        if (!wants_validation())
            return false;
        const time_point now = tick_.now();
        if (keeper_.try_it(true) == keeper::verdict::bad)
            return true;
        is_good_since(now);
        return false;
    }

    // Whether it is time for the housekeeper to validate it, and nobody is at that.
    [[nodiscard]] bool begins_look(time_point now) noexcept
    {
        if constexpr (looks_by_itself) {
            if (validation_interval_ == duration::zero() || now - looked_at_.load() < validation_interval_
                || looking_.exchange(true))
                return false;
            looked_at_.store(now);
            return true;
        }
        return false;
    }
    void look() noexcept
    {
        static_cast<void>(keeper_.try_it(true));
        looking_.store(false);
    }

    [[nodiscard]] std::optional<refusal> create(time_point deadline)
    {
        if constexpr (!needs_housekeeping)
            keeper_.core.tell_time(tick_, clock::now()); // nobody else tells the policy
        // Before anybody enters.
        is_good_since(tick_.now());
        std::exception_ptr cause = keeper_.create(deadline);
        if (cause != nullptr && detail::is_a<detail::no_longer_wanted>(cause))
            return refusal{errc::closed, {}};
        if (cause != nullptr)
            return refusal{errc::create_failed, {}, std::move(cause)};
        return std::nullopt;
    }

    keeper keeper_;
    detail::pool_tick tick_;
    duration timeout_ = std::chrono::seconds{30};
    duration validation_interval_ = std::chrono::seconds{60};
    detail::atomic_time looked_at_{clock::now()}; ///< when the housekeeper validated it last
    struct nothing {};
    [[no_unique_address]] std::conditional_t<looks_before_lending, detail::atomic_time, nothing> found_good_at_;
    std::atomic<bool> looking_{false}; ///< it does so now
    detail::holder_list<typename Traits::locking::mutex_type> holders_;
    [[no_unique_address]] std::conditional_t<Traits::locking::waits, detail::crew, detail::no_crew> helpers_;
};

} // namespace steward::inline v0
