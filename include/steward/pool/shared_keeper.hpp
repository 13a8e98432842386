// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/fork_watch.hpp>
#include <steward/detail/futex.hpp>
#include <steward/pool/remembered_cause.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/pool/striped_cells.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <utility>

namespace steward::inline v0::detail {

/// What a shared resource is doing, and what stands before it. `live` is the only phase in which a holder may enter; in
/// `leaving` the last one has left and the adapter destroys.
enum class shared_phase : std::uint32_t { absent, creating, live, condemned, leaving, suspended, closed };

/// Looks after the one resource of a shared pool: creates, tries and destroys it, lets holders in and out.
///
/// No lock is held while the adapter works.
template <class Traits>
class shared_keeper {
    using core_type = resource_core<Traits>;
    using calls = typename core_type::calls;
    using mutex_type = typename Traits::locking::mutex_type;
    using phase = shared_phase;

public:
    using resource_type = typename core_type::resource_type;

    /// What a holder keeps beside the pool.
    struct token {
        bool held = false;
        [[no_unique_address]] typename core_type::lease_state lease{};

        [[nodiscard]] explicit operator bool() const noexcept { return held; }
    };

    shared_keeper(std::string_view name, typename Traits::adapter::settings&& settings)
        : core{name, std::move(settings)}
    {
    }
    shared_keeper(const shared_keeper&) = delete;
    shared_keeper& operator=(const shared_keeper&) = delete;

    [[nodiscard]] resource_type& resource() noexcept
    {
        return *std::launder(reinterpret_cast<resource_type*>(storage_));
    }

    [[nodiscard]] phase now() const noexcept { return static_cast<phase>(phase_.load()); }
    [[nodiscard]] bool closed() const noexcept { return now() == phase::closed; }

    /// Who waits for another phase looks at the number of changes, then at whatever he waits for, then sleeps unless
    /// there was another change.
    [[nodiscard]] std::uint32_t changes() const noexcept { return changes_.load(); }
    void await_change(std::uint32_t seen, time_point deadline) noexcept
    {
        waiting_.fetch_add(1, std::memory_order_relaxed);
        futex_wait(changes_, seen, deadline);
        waiting_.fetch_sub(1, std::memory_order_relaxed);
    }
    void wake_all() noexcept
    {
        changes_.fetch_add(1);
        futex_wake_all(&changes_);
    }

    /// Nobody may enter while the gate is `suspended`, nor after it was `closed`; with `live` it is open.
    void set_gate(phase to) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (gate_ == phase::closed)
            return;
        gate_ = to;
        publish(stage_);
    }
    /// Opens it though it was closed.
    void reopen() noexcept
    {
        const std::lock_guard lock{mutex_};
        gate_ = phase::live;
        publish(stage_);
    }

    /// A holder more, if it is live.
    [[nodiscard]] token enter(const acquired_event& event) noexcept
    {
        token entered{};
        const auto decide = [&] {
            entered.held = is_live();
            return entered.held ? 1 : 0;
        };
        cells_.use_one(decide, [&](auto& states) {
            if (entered.held)
                calls::acquired(core.states, states, entered.lease, event);
        });
        return entered;
    }

    /// Where the resource may have to go the holder leaves under the mutex, so that whoever waits for the last one to
    /// leave (the pool's end) finds it done with the pool.
    void leave(token taken) noexcept
    {
        const auto record = [&](auto& states) { calls::released(core.states, states, taken.lease); };
        const bool left = cells_.use_one([&] { return is_live() ? -1 : 0; }, record) != 0;
        if (left) [[likely]]
            return;
        std::unique_lock lock{mutex_};
        cells_.leave_apart();
        destroy_if_over(lock);
    }

    /// True for one caller, who creates then.
    [[nodiscard]] bool begin_creating() noexcept
    {
        const std::lock_guard lock{mutex_};
        const bool mine = gate_ == phase::live && stage_ == phase::absent;
        if (mine)
            publish(phase::creating);
        return mine;
    }

    /// Null, or why it could not be created.
    [[nodiscard]] std::exception_ptr create(time_point deadline)
    {
        std::exception_ptr cause = core.create(storage_, deadline, [this] { return !closed(); });
        if (cause != nullptr && !is_a<no_longer_wanted>(cause)) { // before anybody else wakes
            last_cause.set(cause);
            if (is_permanent(cause))
                permanent_failures_.fetch_add(1);
        }
        {
            std::unique_lock lock{mutex_};
            publish(cause == nullptr ? phase::live : phase::absent);
            destroy_if_over(lock); // closed meanwhile
        }
        if (cause == nullptr)
            last_cause.clear();
        return cause;
    }
    [[nodiscard]] std::uint32_t permanent_failures() const noexcept { return permanent_failures_.load(); }

    /// What was found by validating it.
    enum class verdict { not_there, good, bad };

    /// Validates the resource, which stays for that time although no lease holds it; what is bad is condemned if the
    /// caller wants it.
    [[nodiscard]] verdict try_it(bool condemns)
    {
        triers_.fetch_add(1); // before the phase is looked at: see striped_cells
        verdict found = verdict::not_there;
        if (is_live())
            found = core.valid(resource()) ? verdict::good : verdict::bad;
        if (found == verdict::bad && condemns)
            condemn(retirement::invalid);
        triers_.fetch_sub(1);
        if (!is_live())
            finish();
        return found;
    }

    /// Nobody enters any more; it goes when its last holder has left.
    void condemn(retirement why) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (stage_ != phase::live)
            return;
        why_ = why;
        publish(phase::condemned);
    }

    /// Destroys it if nobody may enter and nobody holds it.
    void finish() noexcept
    {
        std::unique_lock lock{mutex_};
        destroy_if_over(lock);
    }

    [[nodiscard]] std::size_t holders() const noexcept { return cells_.holders(); }
    [[nodiscard]] bool exists() noexcept
    {
        const std::lock_guard lock{mutex_};
        return stage_ == phase::live || stage_ == phase::condemned;
    }
    /// Holders, and one more if somebody is at work on it.
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
        out.waiting = waiting_.load(std::memory_order_relaxed);
        const std::lock_guard lock{mutex_};
        out.size = stage_ == phase::live || stage_ == phase::condemned ? 1 : 0;
        out.available = is_live() ? 1 : 0;
    }
    template <class F>
    void for_each_states(F f) const
    {
        cells_.for_each(f);
    }

    /// What the adapter threw when it should destroy, since this was asked last.
    [[nodiscard]] std::string take_destroy_failure() noexcept
    {
        const std::lock_guard lock{mutex_};
        return std::exchange(destroy_failure_, {});
    }

private:
    static constexpr std::uint32_t word(phase p) noexcept { return static_cast<std::uint32_t>(p); }

    // Sequentially consistent, as the store in `publish` is: see striped_cells.
    [[nodiscard]] bool is_live() const noexcept { return phase_.load() == word(phase::live); }

    // With the mutex held: what the resource is doing now, and with the gate open everybody learns it.
    void publish(phase stage) noexcept
    {
        stage_ = stage;
        phase_.store(word(gate_ == phase::live ? stage : gate_));
        wake_all();
    }

    // Destroys what nobody may enter and nobody holds any more; without the lock while the adapter works.
    void destroy_if_over(std::unique_lock<mutex_type>& lock) noexcept
    {
        const bool over = stage_ == phase::condemned || (stage_ == phase::live && gate_ == phase::closed);
        if (!over || cells_.holders() != 0 || triers_.load() != 0)
            return;
        const retirement why = stage_ == phase::condemned ? why_ : retirement::closed;
        publish(phase::leaving);
        lock.unlock();
        std::string failure = words_of(core.destroy(resource(), why));
        lock.lock();
        if (!failure.empty())
            destroy_failure_.swap(failure);
        publish(phase::absent);
    }

    [[nodiscard]] static std::string words_of(const std::exception_ptr& failure) noexcept
    {
        try {
            return describe(failure);
        } catch (...) { // no memory: the hooks were told
            return {};
        }
    }

    // In a child process: all of this is the parent's, and whoever holds it gives it back as to a pool that is closed.
    void abandon() noexcept
    {
        core.abandon();
        forget(mutex_);
        gate_ = phase::closed;
        stage_ = phase::absent;
        phase_.store(word(phase::closed));
        cells_.abandon();
        triers_.store(0);
        waiting_.store(0); // those threads are the parent's
        forget(last_cause);
    }

public:
    core_type core;
    remembered_cause<mutex_type> last_cause; ///< of a failure to create

private:
    std::atomic<std::uint32_t> phase_{word(phase::absent)}; ///< what is published
    std::atomic<std::uint32_t> changes_{0};                 ///< of the phase
    std::atomic<std::uint32_t> permanent_failures_{0};
    std::atomic<std::uint32_t> waiting_{0}; ///< who sleeps until the phase changes
    [[no_unique_address]] mutex_type mutex_;
    phase stage_ = phase::absent; ///< what the resource is doing
    phase gate_ = phase::live;    ///< `suspended` or `closed` where nobody may enter
    alignas(resource_type) std::byte storage_[sizeof(resource_type)];
    striped_cells<typename core_type::slot_states, Traits::locking::waits> cells_;
    std::atomic<std::size_t> triers_{0};  ///< who validates it
    retirement why_ = retirement::closed; ///< why it is condemned
    std::string destroy_failure_{};       ///< what the adapter threw, for the next report
    fork_watch forks_{[](void* self) noexcept { static_cast<shared_keeper*>(self)->abandon(); }, this};
};

} // namespace steward::inline v0::detail
