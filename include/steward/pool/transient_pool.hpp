// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/block_arena.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/resource_status.hpp>
#include <steward/wait_limit.hpp>

#include <cstddef>
#include <exception>
#include <expected>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace steward {

/// A resource of its own for each lease, created when it is taken and destroyed when it comes back: what
/// `pooling::transient` uses. Nobody waits.
///
/// A lease's place (room for the resource, and the policies' per-slot states) comes from a Boost.Pool and is used
/// again, so nothing is allocated once there have been as many leases at once as there will be.
template <class Traits>
class transient_pool {
    using core = detail::resource_core<Traits>;
    using calls = typename core::calls;
    using mutex_type = typename Traits::locking::mutex_type;

public:
    using resource_type = typename core::resource_type;
    using settings = typename Traits::adapter::settings;
    using options = unpooled_options;
    using ownership_policy = typename Traits::ownership;

private:
    struct place {
        [[no_unique_address]] typename core::slot_states states{};
        [[no_unique_address]] typename core::lease_state lease{};
        place* next_place = nullptr; // of all that there are, for reports
        place* next_free = nullptr;
        alignas(resource_type) std::byte storage[sizeof(resource_type)];

        [[nodiscard]] resource_type& resource() noexcept
        {
            return *std::launder(reinterpret_cast<resource_type*>(storage));
        }
    };

public:
    using token = place*;

    transient_pool(std::string_view name, settings&& s, const options&) : core_{name, std::move(s)} {}
    ~transient_pool()
    {
        shut_down();
        while (all_ != nullptr) {
            place* const next = all_->next_place;
            std::destroy_at(all_);
            all_ = next;
        }
    }
    transient_pool(const transient_pool&) = delete;
    transient_pool& operator=(const transient_pool&) = delete;

    static void check(const options&, configuration_check&) {}

    [[nodiscard]] static token acquire_at_once(owner_id) noexcept { return nullptr; }

    [[nodiscard]] std::expected<token, resource_error> acquire(owner_id owner, const wait_limit& limit)
    {
        acquired_event event{.owner = owner, .slow = true};
        time_point start{};
        if constexpr (detail::measures<typename Traits::metrics>)
            start = clock::now();
        if (limit.negative())
            return std::unexpected{core_.fail(errc::configuration, "expected a time-out of zero or more")};
        place* p = nullptr;
        try {
            p = take_place();
        } catch (...) { // no memory
            return std::unexpected{core_.fail(errc::create_failed, {}, std::current_exception())};
        }
        if (p == nullptr)
            return std::unexpected{core_.fail(errc::closed)};
        if (std::exception_ptr cause = core_.create(p->storage)) {
            put_place(*p);
            return std::unexpected{core_.fail(errc::create_failed, {}, std::move(cause))};
        }
        if constexpr (detail::measures<typename Traits::metrics>)
            event.waited = clock::now() - start;
        calls::acquired(core_.states, p->states, p->lease, event);
        return p;
    }

    [[nodiscard]] static resource_type& get(token taken) noexcept { return taken->resource(); }

    void give_back(token taken) noexcept
    {
        calls::released(core_.states, taken->states, taken->lease);
        core_.destroy(taken->resource());
        put_place(*taken);
    }
    void discard(token taken) noexcept { give_back(taken); }

    /// Creates a resource, validates it and destroys it, without counting a lease.
    [[nodiscard]] bool validate()
    {
        place* const p = take_place(1);
        if (p == nullptr)
            return false;
        const bool made = core_.create(p->storage) == nullptr;
        const bool good = made && core_.valid(p->resource());
        if (made)
            core_.destroy(p->resource());
        put_place(*p, 1);
        return good;
    }

    /// Nothing is lent any more; what is out goes when it comes back.
    void close() noexcept
    {
        const std::lock_guard lock{mutex_};
        closed_ = true;
    }

    void shut_down() noexcept
    {
        close();
        detail::await_leases(
            core_.name, [this] { return in_use(); }, [this] { return owners(); }, std::chrono::seconds{30});
    }

    [[nodiscard]] resource_status status()
    {
        resource_status out;
        out.active = out.size = active();
        out.owners = owners();
        out.health = health();
        if constexpr (detail::measures<typename Traits::metrics>)
            out.totals = metrics();
        const std::lock_guard lock{mutex_};
        out.state = detail::state_of(out, closed_, false);
        return out;
    }

    [[nodiscard]] metrics_snapshot metrics()
        requires detail::measures<typename Traits::metrics>
    {
        metrics_snapshot out;
        calls::report(core_.states, out);
        for_each_place([&](const place& p) { calls::report(p.states, out); });
        out.active = out.size = active();
        detail::derive_releases(out);
        return out;
    }

    [[nodiscard]] std::vector<std::string> owners()
    {
        std::vector<std::string> names;
        if constexpr (detail::knows_holders<typename Traits::ownership>)
            for_each_place([&](const place& p) {
                if (const owner_id id = Traits::ownership::holder(p.states.ownership))
                    names.push_back(to_string(id));
            });
        return names;
    }

    [[nodiscard]] resource_health health() { return core_.current_health(); }

private:
    [[nodiscard]] std::size_t active() noexcept
    {
        const std::lock_guard lock{mutex_};
        return in_use_ - tried_;
    }
    [[nodiscard]] std::size_t in_use() noexcept
    {
        const std::lock_guard lock{mutex_};
        return in_use_;
    }

    // Without the lock: `f` may call back into the pool. Places are only ever added, before the first.
    template <class F>
    void for_each_place(F f)
    {
        for (const place* p = first_place(); p != nullptr; p = p->next_place)
            f(*p);
    }
    [[nodiscard]] const place* first_place() noexcept
    {
        const std::lock_guard lock{mutex_};
        return all_;
    }

    // `tried`: 1 if it is only for a validation.
    [[nodiscard]] place* take_place(std::size_t tried = 0)
    {
        const std::lock_guard lock{mutex_};
        if (closed_)
            return nullptr;
        if (free_ == nullptr) {
            place* const fresh = ::new (memory_.allocate()) place;
            fresh->next_place = std::exchange(all_, fresh);
            free_ = fresh;
        }
        ++in_use_;
        tried_ += tried;
        return std::exchange(free_, free_->next_free);
    }

    void put_place(place& p, std::size_t tried = 0) noexcept
    {
        const std::lock_guard lock{mutex_};
        p.next_free = std::exchange(free_, &p);
        --in_use_;
        tried_ -= tried;
    }

    core core_;
    [[no_unique_address]] mutex_type mutex_;
    detail::block_arena<place> memory_;
    place* all_ = nullptr;
    place* free_ = nullptr;
    std::size_t in_use_ = 0; ///< places
    std::size_t tried_ = 0;  ///< those of them that no lease has
    bool closed_ = false;
};

} // namespace steward
