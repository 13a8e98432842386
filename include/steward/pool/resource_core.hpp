// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/detail/duration_text.hpp>
#include <steward/detail/fork_watch.hpp>
#include <steward/detail/pool_tick.hpp>
#include <steward/error.hpp>
#include <steward/pool/create_at.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/hooks.hpp>
#include <steward/pool/outcomes.hpp>
#include <steward/pool/serial_creation.hpp>
#include <steward/wait_limit.hpp>

#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

struct no_mutex {
    void lock() noexcept {}
    void unlock() noexcept {}
};

/// What `resource_core::create` answers where the pool was closed before the adapter's turn.
struct no_longer_wanted {};

/// Whether `cause`, which is not null, is an `E`.
template <class E>
[[nodiscard]] bool is_a(const std::exception_ptr& cause) noexcept
{
    try {
        std::rethrow_exception(cause);
    } catch (const E&) {
        return true;
    } catch (...) {
        return false;
    }
}
/// Whether trying to create again is of no use.
[[nodiscard]] inline bool is_permanent(const std::exception_ptr& cause) noexcept
{
    return is_a<permanent_failure>(cause);
}

/// What all pools share: the adapter, the policies' state of the resource, and the way in which each of the
/// adapter's functions is called, so that an exception of any of them loses nothing.
///
/// No function here is called while a lock of a pool is held.
template <class Traits>
class resource_core {
    enum class presence : unsigned char { there, replaced, missing, abandoned };

public:
    using adapter = typename Traits::adapter;
    using resource_type = typename adapter::resource_type;
    using health = typename Traits::health;
    using metrics = typename Traits::metrics;
    using ownership = typename Traits::ownership;
    using calls = hooks<health, metrics, ownership>;
    using slot_states = typename calls::slot;
    using lease_state = typename calls::lease;

    resource_core(std::string_view resource, typename adapter::settings&& settings) : name{resource}
    {
        make_adapter(std::move(settings));
    }
    ~resource_core()
    {
        if (abandoned())
            forget(adapter_); // it may say goodbye, too
    }
    resource_core(const resource_core&) = delete;
    resource_core& operator=(const resource_core&) = delete;

    /// In a child process: what the adapter has made speaks with its peers for the parent. From now on neither it nor
    /// they are touched or destroyed.
    void abandon() noexcept { presence_.store(presence::abandoned); }
    [[nodiscard]] bool abandoned() const noexcept { return presence_.load() == presence::abandoned; }

    /// Whether a resource is well if it can be created.
    static constexpr bool creating_proves = !learns_outcomes<Traits>;

    const std::string_view name; ///< the resource's, for errors; it outlives the manager

    /// Sets the pool's time and tells it the health policy; what it is.
    time_point tell_time(pool_tick& tick, time_point now) noexcept
    {
        tick.advance(now);
        const time_point told = tick.now();
        calls::tick(states, told);
        return told;
    }

    /// Creates a resource at `place`, by `deadline` if the adapter can be told; null, or what it threw. `wanted` is asked
    /// last: if it is not, the adapter is not called and nobody is told (`no_longer_wanted`).
    template <class Wanted>
    [[nodiscard]] std::exception_ptr create(void* place, time_point deadline, Wanted wanted)
    {
        [[maybe_unused]] const time_point start = calls::times_creating ? clock::now() : time_point{};
        try {
            [[maybe_unused]] const typename creation::turn mine{creation_};
            if (!wanted())
                throw no_longer_wanted{};
            create_at(*adapter_, place, deadline);
        } catch (const no_longer_wanted&) {
            return std::current_exception();
        } catch (...) {
            std::exception_ptr cause = std::current_exception();
            calls::create_failed(states, name, cause);
            return cause;
        }
        calls::created(states, name, created_event{calls::times_creating ? clock::now() - start : duration{}},
                       creating_proves);
        return nullptr;
    }

    /// Whether the adapter finds the resource usable; a validator that throws finds it unusable.
    [[nodiscard]] bool valid([[maybe_unused]] resource_type& resource) noexcept
    {
        bool good = true;
        if constexpr (validates<adapter>) {
            try {
                good = adapter_->validate(resource);
            } catch (...) {
                good = false;
            }
            calls::validated(states, name, good);
        }
        return good;
    }

    /// A lease ends, perhaps a probe: tells the health policy how it went, as far as the adapter knows.
    void ended([[maybe_unused]] resource_type& resource, [[maybe_unused]] lease_probe<Traits>& probe) noexcept
    {
        if constexpr (learns_outcomes<Traits>) {
            if (abandoned())
                return;
            std::optional<bool> good;
            try {
                good = adapter_->outcome(resource);
            } catch (...) {
                good = false;
            }
            if (good)
                heard(*good, probe);
            else
                end_probe(probe, false);
        }
    }

    /// Somebody who knows says how he found the resource.
    void heard(bool good, lease_probe<Traits>& probe) noexcept
        requires hears_holders<health>
    {
        calls::reported(states, name, good);
        end_probe(probe, good);
    }

    /// Prepares a resource that comes back for its next holder; why it must not get one, if it must not. `with_care`:
    /// it is validated, whatever the health policy says.
    [[nodiscard]] std::optional<retirement> spoilt([[maybe_unused]] resource_type& resource,
                                                   [[maybe_unused]] bool with_care) noexcept
    {
        if (abandoned())
            return retirement::closed;
        if constexpr (resets<adapter>) {
            try {
                adapter_->reset(resource);
            } catch (...) {
                return retirement::reset_failed;
            }
        }
        if (validates_on_return<health> || with_care)
            if (!valid(resource))
                return retirement::invalid;
        return std::nullopt;
    }

    /// Ends a resource; what the adapter's destroy threw, else null. The resource goes in any case.
    std::exception_ptr destroy(resource_type& resource, retirement why) noexcept
    {
        std::exception_ptr failure;
        if (abandoned())
            return failure;
        if constexpr (destroys<adapter>) {
            try {
                adapter_->destroy(resource);
            } catch (...) {
                failure = std::current_exception();
                calls::destroy_failed(name, failure);
            }
        }
        std::destroy_at(std::addressof(resource));
        calls::retired(states, name, retired_event{why});
        return failure;
    }

    /// The right to replace the adapter of a closed pool. One thread has it at a time: `resource_error` for another.
    class replacement {
    public:
        explicit replacement(resource_core& core) : core_{core}, before_{core.presence_.load()}
        {
            if (before_ == presence::abandoned)
                throw resource_error{core.name, operation::open, errc::closed, parents};
            if (before_ == presence::replaced || !core.presence_.compare_exchange_strong(before_, presence::replaced))
                throw resource_error{core.name, operation::open, errc::configuration, "another thread is opening it"};
        }
        replacement(const replacement&) = delete;
        replacement& operator=(const replacement&) = delete;
        ~replacement() { core_.presence_.store(before_); }

        /// Waits until `count_left` finds nothing; `resource_error` if the pool is not `closed`, or after `patience`.
        template <class CountLeft>
        void await_end(bool closed, CountLeft count_left, duration patience)
        {
            if (!closed)
                throw resource_error{core_.name, operation::open, errc::configuration,
                                     "it is not closed: close it first"};
            if (!all_came_back(count_left, wait_limit{patience}.deadline(clock::now(), patience)))
                throw resource_error{core_.name, operation::open, errc::timed_out, "leases of it are still out"};
        }

        /// If the adapter's constructor throws there is none, and the pool must stay closed.
        void make(typename adapter::settings&& settings)
        {
            while (core_.askers_.load() != 0)
                std::this_thread::yield();
            before_ = presence::missing;
            core_.make_adapter(std::move(settings));
            before_ = presence::there;
        }

    private:
        resource_core& core_;
        presence before_;
    };

    [[nodiscard]] health_verdict verdict()
    {
        if (abandoned())
            return {.health = resource_health::unhealthy, .reason = parents};
        if (presence_.load() == presence::missing)
            return {.health = resource_health::unhealthy, .reason = "its adapter could not be replaced"};
        if constexpr (knows_health<health>)
            return health::report(states.health);
        else if constexpr (reports_health<adapter>)
            return asked_adapter();
        else
            return {};
    }

    /// Adds what the adapter counts.
    void report_numbers([[maybe_unused]] metrics_snapshot& out)
    {
        if constexpr (reports_numbers<adapter>)
            with_adapter([&](adapter& it) { it.report(out); });
    }

    /// The verdict; where the resource is not well, with the words of `last_cause`, a remembered_cause.
    template <class Cause>
    [[nodiscard]] health_report diagnose(Cause& last_cause)
    {
        health_report out = as_report(verdict());
        if (out.health == resource_health::unhealthy || out.health == resource_health::degraded)
            last_cause.append_to(out.reason);
        return out;
    }

    /// Why the health policy admits nobody, and for how long if it knows, with the words of `last_cause`, a
    /// remembered_cause, where the pool has one.
    template <class... Cause>
    [[nodiscard]] std::string why_not_admitted(Cause&... last_cause)
    {
        const health_verdict why = verdict();
        std::string details{why.reason};
        if (why.retry_in > duration::zero())
            details.append(", it is tried again in ").append(milliseconds_text(why.retry_in));
        (last_cause.append_to(details), ...);
        return details;
    }

    /// Records that the health policy admits nobody, unless the pool is closed: trying later is of no use then.
    template <class... Cause>
    [[nodiscard]] resource_error not_admitted(bool closed, Cause&... last_cause)
    {
        return closed ? fail(errc::closed) : fail(errc::circuit_open, why_not_admitted(last_cause...));
    }

    /// Records that nothing was created, because of `cause`, which `create` answered.
    [[nodiscard]] resource_error not_created(std::exception_ptr cause, std::string_view details = {})
    {
        if (is_a<no_longer_wanted>(cause))
            return fail(errc::closed);
        return fail(errc::create_failed, details, std::move(cause));
    }

    /// Records a failed acquisition and describes it.
    [[nodiscard]] resource_error fail(errc code, std::string_view details = {}, std::exception_ptr cause = nullptr)
    {
        if (abandoned())
            details = parents;
        resource_error error{name, operation::acquire, code, details, std::move(cause)};
        calls::failed(states, name, failed_event{code}, std::string_view{error.what()});
        return error;
    }

    /// Records that the time-out is negative.
    [[nodiscard]] resource_error refuse(const wait_limit& limit)
    {
        return fail(errc::configuration, negative_timeout_text(limit.span()));
    }

    /// Coming back takes time in which the slot is in service.
    static constexpr bool returns_slowly = resets<adapter> || validates_on_return<health> || learns_outcomes<Traits>;

    [[no_unique_address]] typename calls::resource states{};

private:
    static constexpr std::string_view parents =
        "it belongs to the process that forked this one: make a manager after the fork";

    void end_probe([[maybe_unused]] lease_probe<Traits>& probe, [[maybe_unused]] bool good) noexcept
    {
        if constexpr (lease_probe<Traits>::lasts)
            if (probe.end())
                health::on_probe_ended(states.health, good);
    }

    // Whoever replaces the adapter says so and then looks who asks; whoever asks says so and then looks whether it is there.
    template <class F>
    void with_adapter(F ask)
    {
        struct asking {
            std::atomic<int>& number;
            explicit asking(std::atomic<int>& n) noexcept : number{n} { number.fetch_add(1); }
            asking(const asking&) = delete;
            asking& operator=(const asking&) = delete;
            ~asking() { number.fetch_sub(1); }
        } const now{askers_};
        if (presence_.load() == presence::there)
            ask(*adapter_);
    }

    [[nodiscard]] health_verdict asked_adapter()
    {
        health_verdict out;
        with_adapter([&](adapter& it) { out = {.health = it.health(), .reason = "the adapter says so"}; });
        return out;
    }

    void make_adapter(typename adapter::settings&& settings)
    {
        if constexpr (takes_its_name<adapter>)
            adapter_.emplace(std::move(settings), name);
        else
            adapter_.emplace(std::move(settings));
    }

    std::optional<adapter> adapter_; ///< nothing only after a replacement has failed
    std::atomic<presence> presence_{presence::there};
    std::atomic<int> askers_{0}; ///< who ask the adapter for its health, or its numbers
    using creation = std::conditional_t<creates_serially<adapter>, serial_creation, free_creation>;
    [[no_unique_address]] creation creation_;
};

} // namespace steward::inline v0::detail
