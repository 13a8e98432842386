// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/futex.hpp>
#include <steward/pool/holder_list.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/pool_options.hpp>
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

    static_assert(!detail::validates_on_return<typename Traits::health>,
                  "steward::resource: a health policy that looks at what comes back does not go with a shared "
                  "resource: others still hold it");

    // Waiters sleep on it. `live` is the only state in which a holder may enter.
    enum class phase : std::uint32_t { absent, creating, live, condemned, suspended, closed };

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
        for (;;) {
            if (const auto error = make_ready(start, deadline))
                return std::unexpected{*error};
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
        {
            const std::lock_guard lock{mutex_};
            if (phase_.load() == word(phase::live))
                publish(phase::condemned);
        }
        give_back(taken);
    }

    [[nodiscard]] bool validate()
    {
        if (phase_.load() == word(phase::closed) || make_ready(clock::now(), clock::now()))
            return false;
        typename core::lease_state unused{};
        cells_.with_one([](auto&, std::int64_t& holders) { ++holders; });
        const bool good = phase_.load() == word(phase::live) && core_.valid(*resource());
        leave([](auto&) {});
        return good;
    }

    void suspend() noexcept { change_gate(phase::suspended); }
    void resume() noexcept
    {
        const std::lock_guard lock{mutex_};
        if (phase_.load() == word(phase::suspended))
            publish(exists_ ? phase::live : phase::absent);
    }

    void close() noexcept
    {
        change_gate(phase::closed);
        finish();
    }

    void shut_down() noexcept
    {
        close();
        detail::await_leases(
            core_.name, [this] { return cells_.holders(); }, [this] { return owners(); }, timeout_);
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
        cells_.with_each([&](const typename core::slot_states& s, std::int64_t) { calls::report(s, out); });
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

    void publish(phase p) noexcept
    {
        phase_.store(word(p), std::memory_order_release);
        detail::futex_wake_all(&phase_);
    }

    // The phase is read with the cell in hand: whoever changes it and then looks at the cells counts this holder.
    [[nodiscard]] token enter(const acquired_event& event) noexcept
    {
        return cells_.with_one([&](auto& states, std::int64_t& holders) -> token {
            if (phase_.load(std::memory_order_acquire) != word(phase::live))
                return {};
            ++holders;
            token entered{.held = true};
            calls::acquired(core_.states, states, entered.lease, event);
            return entered;
        });
    }

    template <class F>
    void leave(F record) noexcept
    {
        const bool live = cells_.with_one([&](auto& states, std::int64_t& holders) {
            record(states);
            --holders;
            return phase_.load(std::memory_order_acquire) == word(phase::live);
        });
        if (!live) [[unlikely]]
            finish();
    }

    // Sees to it that there is a resource to enter, or says why there is none.
    [[nodiscard]] std::optional<resource_error> make_ready(time_point start, time_point deadline)
    {
        for (;;) {
            std::uint32_t now = phase_.load(std::memory_order_acquire);
            switch (static_cast<phase>(now)) {
            case phase::live: return condemn_if_invalid();
            case phase::closed: return core_.fail(errc::closed);
            case phase::absent:
                if (phase_.compare_exchange_strong(now, word(phase::creating)))
                    return create();
                continue;
            case phase::creating:
            case phase::condemned:
            case phase::suspended: break;
            }
            if (clock::now() >= deadline || deadline <= start)
                return core_.fail(now == word(phase::suspended) ? errc::suspended : errc::timed_out,
                                  now == word(phase::creating) ? "another thread is still creating it"
                                                               : "its last holders have not left yet");
            detail::futex_wait(phase_, now, deadline);
        }
    }

    [[nodiscard]] std::optional<resource_error> condemn_if_invalid()
    {
        if constexpr (detail::validates_on_borrow<typename Traits::health>) {
            cells_.with_one([](auto&, std::int64_t& holders) { ++holders; });
            const bool live = phase_.load() == word(phase::live);
            const bool bad = live && Traits::health::wants_validation(core_.states.health, duration::zero())
                             && !core_.valid(*resource());
            if (bad) {
                const std::lock_guard lock{mutex_};
                if (phase_.load() == word(phase::live))
                    publish(phase::condemned);
            }
            leave([](auto&) {});
            if (bad && phase_.load() != word(phase::absent))
                return core_.fail(errc::invalid, "others still hold it, so it cannot be replaced yet");
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<resource_error> create()
    {
        std::exception_ptr cause = core_.create(storage_);
        {
            const std::lock_guard lock{mutex_};
            exists_ = cause == nullptr;
            if (phase_.load() == word(phase::creating)) // closed or suspended meanwhile: it stays so
                publish(exists_ ? phase::live : phase::absent);
        }
        if (cause != nullptr)
            return core_.fail(errc::create_failed, {}, std::move(cause));
        if (phase_.load() == word(phase::closed))
            finish();
        return std::nullopt;
    }

    void change_gate(phase to) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (phase_.load() != word(phase::closed))
            publish(to);
    }

    // Destroys what nobody may enter and nobody holds any more.
    void finish() noexcept
    {
        const std::lock_guard lock{mutex_};
        const std::uint32_t now = phase_.load();
        const bool over = now == word(phase::closed) || now == word(phase::condemned);
        if (!over || !exists_ || cells_.holders() != 0)
            return;
        exists_ = false;
        core_.destroy(*resource());
        if (now == word(phase::condemned))
            publish(phase::absent);
    }

    template <class Report>
    void count(Report& out) noexcept
    {
        out.active = cells_.holders();
        const std::lock_guard lock{mutex_};
        out.size = exists_ ? 1 : 0;
        out.available = exists_ && phase_.load() == word(phase::live) ? 1 : 0;
    }

    core core_;
    std::atomic<std::uint32_t> phase_{word(phase::absent)};
    [[no_unique_address]] mutex_type mutex_;
    bool exists_ = false;
    duration timeout_ = std::chrono::seconds{30};
    alignas(resource_type) std::byte storage_[sizeof(resource_type)];
    detail::striped_cells<typename core::slot_states, Traits::locking::waits> cells_;
    detail::holder_list<mutex_type> holders_;
};

} // namespace steward
