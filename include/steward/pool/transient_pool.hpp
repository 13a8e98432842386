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
        place* const p = take_place();
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
        place* const p = take_place();
        if (p == nullptr)
            return false;
        const bool made = core_.create(p->storage) == nullptr;
        const bool good = made && core_.valid(p->resource());
        if (made)
            core_.destroy(p->resource());
        put_place(*p);
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
            core_.name, [this] { return active(); }, [this] { return owners(); }, std::chrono::seconds{30});
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
        const std::lock_guard lock{mutex_};
        for (const place* p = all_; p != nullptr; p = p->next_place)
            calls::report(p->states, out);
        out.active = out.size = active_;
        detail::derive_releases(out);
        return out;
    }

    [[nodiscard]] std::vector<std::string> owners()
    {
        std::vector<std::string> names;
        if constexpr (detail::knows_holders<typename Traits::ownership>) {
            const std::lock_guard lock{mutex_};
            for (const place* p = all_; p != nullptr; p = p->next_place)
                if (const owner_id id = Traits::ownership::holder(p->states.ownership))
                    names.push_back(to_string(id));
        }
        return names;
    }

    [[nodiscard]] resource_health health() { return core_.current_health(); }

private:
    [[nodiscard]] std::size_t active() noexcept
    {
        const std::lock_guard lock{mutex_};
        return active_;
    }

    [[nodiscard]] place* take_place()
    {
        const std::lock_guard lock{mutex_};
        if (closed_)
            return nullptr;
        if (free_ == nullptr) {
            place* const fresh = ::new (memory_.allocate()) place;
            fresh->next_place = std::exchange(all_, fresh);
            free_ = fresh;
        }
        ++active_;
        return std::exchange(free_, free_->next_free);
    }

    void put_place(place& p) noexcept
    {
        const std::lock_guard lock{mutex_};
        p.next_free = std::exchange(free_, &p);
        --active_;
    }

    core core_;
    [[no_unique_address]] mutex_type mutex_;
    detail::block_arena<place> memory_;
    place* all_ = nullptr;
    place* free_ = nullptr;
    std::size_t active_ = 0;
    bool closed_ = false;
};

} // namespace steward
