// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/futex.hpp>
#include <steward/pool/holder_list.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/pool/remembered_cause.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/pool/striped_cells.hpp>
#include <steward/resource_status.hpp>
#include <steward/wait_limit.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <expected>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace steward {

/// One resource with any number of holders: what `pooling::shared` uses.
///
/// It is created by the first who asks; others wait for that until their deadline. Nobody waits for a holder. A
/// resource that is discarded or closed is destroyed when its last holder has left. `reset` is never called: the
/// next holder may already be there.
/// Threads: as for `slot_pool`; the resource itself has to bear several holders.
template <class Traits>
class shared_pool {
    using core = detail::resource_core<Traits>;
    using calls = typename core::calls;
    using mutex_type = typename Traits::locking::mutex_type;

    // What the resource is doing, and what stands before it. `live` is the only phase in which a holder may enter; in
    // `leaving` the last one has left and the adapter destroys. Waiters sleep on the phase that is published.
    enum class phase : std::uint32_t { absent, creating, live, condemned, leaving, suspended, closed };

public:
    using resource_type = typename core::resource_type;
    using settings = typename Traits::adapter::settings;
    using options = shared_options;
    using ownership_policy = typename Traits::ownership;

    /// What a holder keeps beside the pool.
    struct token {
        bool held = false;
        [[no_unique_address]] typename core::lease_state lease{};

        [[nodiscard]] explicit operator bool() const noexcept { return held; }
    };

    shared_pool(std::string_view name, settings&& s, const options& o) : core_{name, std::move(s)}
    {
        timeout_ = o.acquire_timeout.value_or(timeout_);
    }
    ~shared_pool() { shut_down(); }
    shared_pool(const shared_pool&) = delete;
    shared_pool& operator=(const shared_pool&) = delete;

    static void check(const options& o, configuration_check& check)
    {
        if (o.acquire_timeout.value_or(duration::zero()) < duration::zero())
            check.wrong("acquire_timeout", "zero or more");
    }

    [[nodiscard]] token acquire_at_once(owner_id owner) noexcept
    {
        if constexpr (detail::validates_on_borrow<typename Traits::health>)
            return {};
        else
            return enter(acquired_event{.owner = owner});
    }

    [[nodiscard, gnu::noinline]] std::expected<token, resource_error> acquire(owner_id owner, const wait_limit& limit)
    {
        const time_point start = clock::now();
        if (limit.negative())
            return std::unexpected{core_.fail(errc::configuration, "expected a time-out of zero or more")};
        const time_point deadline = limit.deadline(start, timeout_);
        bool found_invalid = false;
        for (;;) {
            bool fresh = false;
            if (auto error = make_ready(start, deadline, fresh)) {
                if (error->code == errc::timed_out && found_invalid)
                    error = refusal{errc::invalid, "others still hold it, so it cannot be replaced yet"};
                return std::unexpected{core_.fail(error->code, error->details, std::move(error->cause))};
            }
            if (!fresh && condemned_as_invalid()) {
                found_invalid = true;
                continue;
            }
            if (const token entered = enter({.owner = owner, .waited = clock::now() - start, .slow = true}))
                return entered;
        }
    }

    [[nodiscard]] resource_type& get(const token&) noexcept { return *resource(); }

    void give_back(token taken) noexcept
    {
        leave([&](auto& states) { calls::released(core_.states, states, taken.lease); });
    }

    /// Gives back, and has the resource destroyed once its last holder has left.
    void discard(token taken) noexcept
    {
        condemn();
        give_back(taken);
    }

    [[nodiscard]] bool validate()
    {
        bool fresh = false;
        if (make_ready(clock::now(), clock::now(), fresh))
            return false;
        return tried([] {}) == verdict::good;
    }

    void suspend() noexcept { set_gate(phase::suspended); }
    void resume() noexcept { set_gate(phase::live); }

    void close() noexcept
    {
        set_gate(phase::closed);
        finish();
    }

    /// Closes, and waits until nobody holds it and the adapter is not at work on it.
    void shut_down() noexcept
    {
        close();
        detail::await_leases(core_.name, [this] { return in_use(); }, [this] { return owners(); }, timeout_);
    }

    [[nodiscard]] resource_status status()
    {
        resource_status out;
        count(out);
        out.capacity = 1;
        out.owners = owners();
        out.health = health();
        if constexpr (detail::measures<typename Traits::metrics>)
            out.totals = metrics();
        const std::uint32_t now = phase_.load();
        out.state = detail::state_of(out, now == word(phase::closed), now == word(phase::suspended));
        return out;
    }

    [[nodiscard]] metrics_snapshot metrics()
        requires detail::measures<typename Traits::metrics>
    {
        metrics_snapshot out;
        calls::report(core_.states, out);
        cells_.for_each([&](const typename core::slot_states& s) { calls::report(s, out); });
        count(out);
        detail::derive_releases(out);
        return out;
    }

    /// The owners that hold the resource; anonymous leases are only counted.
    [[nodiscard]] std::vector<std::string> owners()
    {
        if constexpr (detail::knows_holders<typename Traits::ownership>)
            return holders_.names();
        else
            return {};
    }

    [[nodiscard]] resource_health health() { return core_.current_health(); }

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
        holders_.remove(node);
    }

private:
    static constexpr std::uint32_t word(phase p) noexcept { return static_cast<std::uint32_t>(p); }

    [[nodiscard]] resource_type* resource() noexcept
    {
        return std::launder(reinterpret_cast<resource_type*>(storage_));
    }

    // A failure that is not recorded yet.
    struct refusal {
        errc code;
        std::string details;
        std::exception_ptr cause = nullptr;
    };

    // Sequentially consistent, as the store in `publish` is: see striped_cells.
    [[nodiscard]] bool is_live() const noexcept { return phase_.load() == word(phase::live); }

    // With the mutex held: what the resource is doing now, and with the gate open everybody learns it.
    void publish(phase stage) noexcept
    {
        stage_ = stage;
        phase_.store(word(gate_ == phase::live ? stage : gate_));
        detail::futex_wake_all(&phase_);
    }

    void set_gate(phase to) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (gate_ == phase::closed)
            return;
        gate_ = to;
        publish(stage_);
    }

    void condemn() noexcept
    {
        const std::lock_guard lock{mutex_};
        if (stage_ == phase::live)
            publish(phase::condemned);
    }

    [[nodiscard]] token enter(const acquired_event& event) noexcept
    {
        token entered{};
        const auto decide = [&] {
            entered.held = is_live();
            return entered.held ? 1 : 0;
        };
        cells_.use_one(decide, [&](auto& states) {
            if (entered.held)
                calls::acquired(core_.states, states, entered.lease, event);
        });
        return entered;
    }

    // Where the resource may have to go the holder leaves under the mutex, so that whoever waits for the last one
    // to leave (the pool's end) finds it done with the pool.
    template <class F>
    void leave(F record) noexcept
    {
        const bool left = cells_.use_one([&] { return is_live() ? -1 : 0; }, record) != 0;
        if (left) [[likely]]
            return;
        std::unique_lock lock{mutex_};
        cells_.leave_apart();
        destroy_if_over(lock);
    }

    // Sees to it that there is a resource to enter, a fresh one perhaps, or says why there is none.
    [[nodiscard]] std::optional<refusal> make_ready(time_point start, time_point deadline, bool& fresh)
    {
        for (;;) {
            const std::uint32_t now = phase_.load(std::memory_order_acquire);
            switch (static_cast<phase>(now)) {
            case phase::live: return std::nullopt;
            case phase::closed: return refusal{errc::closed, {}};
            case phase::absent:
                fresh = begin_creating();
                if (fresh)
                    return create();
                continue;
            case phase::creating:
            case phase::condemned:
            case phase::leaving:
            case phase::suspended: break;
            }
            if (!Traits::locking::waits || clock::now() >= deadline || deadline <= start)
                return late(static_cast<phase>(now));
            detail::futex_wait(phase_, now, deadline);
        }
    }

    // Why there is nothing to enter yet, when there is no more time to wait.
    [[nodiscard]] refusal late(phase now)
    {
        switch (now) {
        case phase::suspended: return {errc::suspended, {}};
        case phase::creating: return timed_out("another thread is still creating it");
        default: return timed_out("its last holders have not left yet");
        }
    }
    [[nodiscard]] refusal timed_out(std::string details)
    {
        last_cause_.append_to(details);
        return {errc::timed_out, std::move(details)};
    }

    // Tries the resource, as far as the health policy wants to know. What is invalid is not lent again; it goes when
    // its last holder has left, which may be now.
    [[nodiscard]] bool condemned_as_invalid()
    {
        if constexpr (detail::validates_on_borrow<typename Traits::health>) {
            if (!Traits::health::wants_validation(core_.states.health, duration::zero()))
                return false;
            return tried([this] { condemn(); }) == verdict::bad;
        }
        return false;
    }

    // Validates the resource, which stays for that time although no lease holds it.
    enum class verdict { not_there, good, bad };
    template <class WhenBad>
    [[nodiscard]] verdict tried(WhenBad when_bad)
    {
        triers_.fetch_add(1); // before the phase is looked at: see striped_cells
        verdict found = verdict::not_there;
        if (is_live())
            found = core_.valid(*resource()) ? verdict::good : verdict::bad;
        if (found == verdict::bad)
            when_bad();
        triers_.fetch_sub(1);
        if (!is_live())
            finish();
        return found;
    }

    [[nodiscard]] bool begin_creating() noexcept
    {
        const std::lock_guard lock{mutex_};
        const bool mine = gate_ == phase::live && stage_ == phase::absent;
        if (mine)
            publish(phase::creating);
        return mine;
    }

    [[nodiscard]] std::optional<refusal> create()
    {
        std::exception_ptr cause = core_.create(storage_);
        {
            std::unique_lock lock{mutex_};
            publish(cause == nullptr ? phase::live : phase::absent);
            destroy_if_over(lock); // closed meanwhile
        }
        if (cause != nullptr) {
            last_cause_.set(cause);
            return refusal{errc::create_failed, {}, std::move(cause)};
        }
        last_cause_.clear();
        return std::nullopt;
    }

    void finish() noexcept
    {
        std::unique_lock lock{mutex_};
        destroy_if_over(lock);
    }

    // Destroys what nobody may enter and nobody holds any more; without the lock while the adapter works.
    void destroy_if_over(std::unique_lock<mutex_type>& lock) noexcept
    {
        const bool over = stage_ == phase::condemned || (stage_ == phase::live && gate_ == phase::closed);
        if (!over || cells_.holders() != 0 || triers_.load() != 0)
            return;
        publish(phase::leaving);
        lock.unlock();
        core_.destroy(*resource());
        lock.lock();
        publish(phase::absent);
    }

    [[nodiscard]] std::size_t in_use() noexcept
    {
        const std::lock_guard lock{mutex_};
        const bool at_work = stage_ == phase::creating || stage_ == phase::leaving;
        return cells_.holders() + (at_work || cells_.in_use() || triers_.load() != 0 ? 1 : 0);
    }

    template <class Report>
    void count(Report& out) noexcept
    {
        out.active = cells_.holders();
        const std::lock_guard lock{mutex_};
        out.size = stage_ == phase::live || stage_ == phase::condemned ? 1 : 0;
        out.available = phase_.load() == word(phase::live) ? 1 : 0;
    }

    core core_;
    std::atomic<std::uint32_t> phase_{word(phase::absent)};
    [[no_unique_address]] mutex_type mutex_;
    phase stage_ = phase::absent; ///< what the resource is doing
    phase gate_ = phase::live;    ///< `suspended` or `closed` where nobody may enter
    duration timeout_ = std::chrono::seconds{30};
    alignas(resource_type) std::byte storage_[sizeof(resource_type)];
    detail::striped_cells<typename core::slot_states, Traits::locking::waits> cells_;
    std::atomic<std::size_t> triers_{0}; ///< who validates it
    detail::holder_list<mutex_type> holders_;
    detail::remembered_cause<mutex_type> last_cause_;
};

} // namespace steward
